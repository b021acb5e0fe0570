import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  on: 'Ende-zu-Ende-verschlüsselt',
  menuStart: 'Unterhaltung verschlüsseln',
  menuNumber: 'Sicherheitsnummer',
  unreadable: 'Verschlüsselt: auf diesem Gerät nicht lesbar',
  start: {
    title: 'Diese Unterhaltung verschlüsseln?',
    what: 'Von jetzt an könnt nur ihr beide lesen, was ihr schreibt, und sehen, was ihr sendet: nicht wir, und niemand, der hier einbricht.',
    forGood: 'Das lässt sich nicht zurücknehmen. Was ihr vorher geschrieben habt, bleibt, wie es ist.',
    without:
      'Suchen könnt ihr darin nicht mehr. Ein neues Gerät liest nur, was geschrieben wird, nachdem du es bestätigt hast, und wer alle Geräte verliert, verliert das Geschriebene.',
    seen: 'Wir sehen weiterhin, wer wem wann schreibt, wie groß ein Foto ist und mit welchem Emoji du reagierst.',
    browser:
      'Im Browser vertraust du der Seite, die wir ausliefern. Vergleicht eure Sicherheitsnummern, um zu wissen, dass niemand zwischen euch steht.',
    action: 'Ab jetzt verschlüsseln',
  },
  number: {
    title: 'Deine Sicherheitsnummer mit {name}',
    text: 'Vergleiche sie mit {name}, von Angesicht zu Angesicht oder im Anruf. Seht ihr beide dieselben Ziffern, steht niemand zwischen euch.',
    verified: 'Du hast sie verglichen.',
    verify: 'Sie ist dieselbe',
    accept: 'Ohne Vergleich weiter',
    none: '{name} hat kein Gerät, das lesen kann, was du schreibst.',
    devices: '{count, plural, one {# Gerät von {name} kann es lesen.} other {# Geräte von {name} können es lesen.}}',
  },
  changed: 'Die Identität von {name} hat sich geändert. Vielleicht ein neues Telefon, vielleicht jemand anderes.',
  compare: 'Vergleichen',
  states: {
    not_set_up: 'Um Verschlüsseltes zu lesen und zu schreiben, richte es auf diesem Gerät ein.',
    off: 'Du bist abgemeldet.',
    starting: 'Deine Schlüssel werden geladen …',
    unapproved: 'Bestätige dieses Gerät auf einem, das du vorher benutzt hast. Es liest, was danach geschrieben wird.',
    elsewhere: 'Ein anderer Tab hat deine Schlüssel. Schließe ihn, um hier weiterzumachen.',
    lost: 'Die Schlüssel dieses Geräts sind weg. Melde dich ab und wieder an, um neue zu machen.',
    failed: 'Deine Schlüssel konnten nicht geladen werden.',
  },
  setUp: 'Auf diesem Gerät einrichten',
  again: 'Noch einmal',
  toDevices: 'Deine Geräte',
  devices: {
    title: 'Verschlüsselung',
    text: 'Welche deiner Geräte deine verschlüsselten Unterhaltungen lesen können.',
    current: 'Dieses Gerät',
    approved: 'Bestätigt',
    waiting: 'Wartet auf Bestätigung',
    code: 'Code:',
    compare: 'Vergleiche den Code auf beiden Geräten, bevor du bestätigst.',
    approve: 'Die Codes sind gleich: bestätigen',
    reset: 'Ich habe kein anderes Gerät',
    resetTitle: 'Neu anfangen?',
    resetText:
      'Du bekommst eine andere Identität, und die, mit denen du schreibst, werden gewarnt. Was vorher geschrieben wurde, ist hier nicht lesbar.',
    resetAction: 'Neu anfangen',
  },
} satisfies Translated<typeof english>;
