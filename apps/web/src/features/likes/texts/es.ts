import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Me gusta',
  text: 'Les gustas. Dales me gusta y podréis escribiros.',
  superLike: 'Super like',
  like: 'Dar me gusta a {name}',
  pass: 'Dejar pasar a {name}',
  noneTitle: 'Ningún me gusta espera',
  noneText: 'Quien te dé me gusta aparece aquí. Un perfil completo ayuda.',
  waiting: '{count, plural, one {Le gustas a # persona} other {Les gustas a # personas}}',
  see: 'Ver quién',
  back: 'Volver a los matches',
} satisfies Translated<typeof english>;
