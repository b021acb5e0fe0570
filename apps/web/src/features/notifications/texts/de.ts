import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Mitteilungen',
  unread: '{count, plural, one {# ungelesene Mitteilung} other {# ungelesene Mitteilungen}}',
  markAll: 'Alle als gelesen markieren',
  new: 'Neu',
  kinds: {
    match_created: 'Du und {name} mögt euch.',
    like_received: '{count, plural, one {Jemand mag dich.} other {# Leute mögen dich.}}',
    friend_requested: '{name} möchte mit dir befreundet sein.',
    friend_accepted: 'Du und {name} seid jetzt befreundet.',
    call_missed: 'Du hast einen Anruf von {name} verpasst.',
    group_added: '{name} hat dich zu „{group}“ hinzugefügt.',
    new_device: 'Neue Anmeldung: {device}, von {address}. Warst du das nicht, melde das Gerät ab und ändere dein Passwort.',
    password_changed: 'Dein Passwort wurde auf {device} geändert.',
    warning: 'Ein Wort von unserer Moderation: {reason}',
    report_acted: 'Wir haben deine Meldung geprüft, und es wurde etwas unternommen.',
    report_dismissed: 'Wir haben deine Meldung geprüft und keinen Regelverstoß gefunden.',
    photo_rejected: 'Eines deiner Fotos wird nicht gezeigt.',
    content_removed: 'Die Moderation hat etwas entfernt, das du geschrieben hast.',
    export_ready: 'Die Kopie deiner Daten ist fertig.',
    other: 'Es gibt etwas Neues.',
  },
  device: {
    on: '{app} unter {system}',
    unknown: 'Unbekanntes Gerät',
    unknownApp: 'Unbekannte App',
    ours: 'Die App',
    program: 'Ein Programm',
  },
  someone: 'Jemand',
  none: {
    title: 'Nichts Neues',
    text: 'Hier steht, was du wissen solltest.',
  },
} satisfies Translated<typeof english>;
