import { days, type MailWords, type MediaWords, plurals, type Words } from './words';

const many = plurals('de');
const day = days('de');
const sent: MediaWords = { image: 'Foto', audio: 'Sprachnachricht', video: 'Video' };

export const de: Words = {
  new_device: ({ data, device }) => ({
    title: 'Neue Anmeldung bei deinem Konto',
    body: `${device} hat sich von ${data.address} angemeldet. Warst du das nicht, melde das Gerät ab und ändere dein Passwort.`,
  }),
  password_changed: ({ device }) => ({
    title: 'Dein Passwort wurde geändert',
    body: `Es wurde auf ${device} geändert. Warst du das nicht, setze es jetzt zurück.`,
  }),
  warning: ({ data }) => ({ title: 'Eine Verwarnung von unserem Team', body: data.reason }),
  report_resolved: ({ data }) => ({
    title: 'Wir haben deine Meldung geprüft',
    body:
      data.outcome === 'acted'
        ? 'Wir haben etwas unternommen. Danke, dass du uns Bescheid gegeben hast.'
        : 'Wir haben keinen Verstoß gegen unsere Regeln gefunden. Danke, dass du uns Bescheid gegeben hast.',
  }),
  photo_rejected: ({ data }) => ({
    title: 'Eines deiner Fotos wird nicht gezeigt',
    body: data.reason ?? 'Es entspricht nicht unseren Regeln für Fotos. Bitte wähle ein anderes.',
  }),
  content_removed: ({ data }) => ({
    title: 'Etwas, das du geschrieben hast, wurde entfernt',
    body: many(data.messages, {
      one: 'Eine deiner Nachrichten verstieß gegen unsere Regeln und ist für euch beide weg.',
      other: '# deiner Nachrichten verstießen gegen unsere Regeln und sind für euch beide weg.',
    }),
  }),
  export_ready: ({ data }) => ({ title: 'Deine Daten sind bereit', body: `Du kannst sie bis zum ${day(data.expiresAt)} herunterladen.` }),
  friend_requested: ({ name }) => ({ title: 'Freundschaftsanfrage', body: `${name} möchte mit dir befreundet sein.` }),
  friend_accepted: ({ name }) => ({ title: 'Eine neue Freundschaft', body: `${name} hat deine Anfrage angenommen.` }),
  match_created: ({ name }) => ({ title: 'Es ist ein Match!', body: `Du und ${name} mögt euch. Sag Hallo!` }),
  like_received: ({ count }) => ({
    title: many(count, { one: 'Jemand mag dich', other: '# Personen mögen dich' }),
    body: 'Schau nach, wer es sein könnte.',
  }),
  call_missed: ({ name, data }) => ({
    title: data.type === 'video' ? 'Verpasster Videoanruf' : 'Verpasster Anruf',
    body: `${name} wollte dich erreichen.`,
  }),
  group_added: ({ name, data }) => ({ title: 'Du bist in einer neuen Gruppe', body: `${name} hat dich zu „${data.name}“ hinzugefügt.` }),
  message_received: ({ name, count, media }) => ({
    title: name,
    body: media === null ? many(count, { one: 'Hat dir geschrieben', other: '# neue Nachrichten' }) : sent[media],
  }),
};

export const deMail: MailWords = {
  open: 'Heartline öffnen',
  why: 'Du bekommst diese Mail wegen deines Kontos bei Heartline. In den Einstellungen kannst du wählen, welche Mails du bekommst.',
};
