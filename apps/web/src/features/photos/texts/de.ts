import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Fotos',
  hint: 'Das erste sehen andere zuerst. Zieh ein Foto an seinem Griff an eine andere Stelle, oder nimm dort die Pfeiltasten.',
  add: 'Fotos hinzufügen',
  room: '{count, plural, =0 {Mehr Platz ist nicht.} one {Noch Platz für # Foto.} other {Noch Platz für # Fotos.}} JPEG, PNG, WebP oder AVIF, höchstens {megabytes, number} MB.',
  drop: 'Lass deine Fotos hier los',
  photo: 'Foto {place, number} von {count, number}',
  first: 'Zuerst',
  waiting: 'Wird geprüft',
  rejected: 'Nicht gezeigt',
  because: 'Foto {place, number} wird nicht gezeigt: {reason}',
  move: 'Foto {place, number} mit den Pfeiltasten verschieben',
  moved: 'Jetzt Foto {place, number} von {count, number}.',
  remove: 'Foto {place, number} entfernen',
  removeTitle: 'Dieses Foto entfernen?',
  removeText: 'Es ist dann für immer weg, hier und für alle anderen.',
  removeAction: 'Entfernen',
  sending: 'Wird gesendet, {percent}',
  making: 'Gleich fertig',
  stop: 'Senden abbrechen',
  forget: 'Weglassen',
  previous: 'Voriges Foto',
  next: 'Nächstes Foto',
  shown: 'Foto {place, number} von {count, number}',
} satisfies Translated<typeof english>;
