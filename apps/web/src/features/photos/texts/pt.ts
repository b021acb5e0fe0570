import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Fotos',
  hint: 'A primeira é a que todos veem primeiro. Move uma foto pela pega, ou com as setas do teclado.',
  add: 'Adicionar fotos',
  room: '{count, plural, =0 {Já não cabe mais nenhuma.} one {Cabe mais #.} other {Cabem mais #.}} JPEG, PNG, WebP ou AVIF, no máximo {megabytes, number} MB.',
  drop: 'Larga as tuas fotos aqui',
  photo: 'Foto {place, number} de {count, number}',
  first: 'Primeira',
  waiting: 'Em verificação',
  rejected: 'Não é mostrada',
  because: 'A foto {place, number} não é mostrada: {reason}',
  move: 'Mover a foto {place, number} com as setas',
  moved: 'Agora é a foto {place, number} de {count, number}.',
  remove: 'Tirar a foto {place, number}',
  removeTitle: 'Tirar esta foto?',
  removeText: 'Desaparece de vez, aqui e para toda a gente.',
  removeAction: 'Tirar',
  sending: 'A enviar, {percent}',
  making: 'Quase pronta',
  stop: 'Parar o envio',
  forget: 'Descartar',
  previous: 'Foto anterior',
  next: 'Foto seguinte',
  shown: 'Foto {place, number} de {count, number}',
} satisfies Translated<typeof english>;
