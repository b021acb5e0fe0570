import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Fotos',
  hint: 'La primera es la que todos ven primero. Mueve una foto por su asa, o con las flechas del teclado.',
  add: 'Añadir fotos',
  room: '{count, plural, =0 {Ya no cabe ninguna más.} one {Cabe # más.} other {Caben # más.}} JPEG, PNG, WebP o AVIF, como máximo {megabytes, number} MB.',
  drop: 'Suelta tus fotos aquí',
  photo: 'Foto {place, number} de {count, number}',
  first: 'Primera',
  waiting: 'En revisión',
  rejected: 'No se muestra',
  because: 'La foto {place, number} no se muestra: {reason}',
  move: 'Mover la foto {place, number} con las flechas',
  moved: 'Ahora es la foto {place, number} de {count, number}.',
  remove: 'Quitar la foto {place, number}',
  removeTitle: '¿Quitar esta foto?',
  removeText: 'Desaparece para siempre, aquí y para los demás.',
  removeAction: 'Quitar',
  sending: 'Enviando, {percent}',
  making: 'Casi lista',
  stop: 'Detener el envío',
  forget: 'Descartar',
  previous: 'Foto anterior',
  next: 'Foto siguiente',
  shown: 'Foto {place, number} de {count, number}',
} satisfies Translated<typeof english>;
