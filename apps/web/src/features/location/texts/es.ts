import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Ubicación',
  home: 'Dónde estás',
  homeNone: 'No has dicho dónde estás.',
  privacy: 'Los demás ven más o menos a qué distancia estás, nunca dónde.',
  device: 'Usar mi ubicación',
  deviceRefused: 'Tu navegador no dice dónde estás. Elige mejor una ciudad.',
  search: 'Ciudad',
  searchHint: 'Empieza a escribir su nombre.',
  found: '{count, plural, =0 {No se encontró ninguna ciudad} one {# ciudad encontrada} other {# ciudades encontradas}}',
  saved: 'Ahora estás en {city}.',
  savedSomewhere: 'Tu ubicación está guardada.',
  forget: 'Olvidar mi ubicación',
  forgotten: 'Hemos olvidado tu ubicación.',
  passport: 'Pasaporte',
  passportText: 'Mira quién hay en otra ciudad y deja que te vean allí.',
  passportIn: 'Te ven en {city}.',
  passportEnd: 'Volver a casa',
  passportEnded: 'Te ven otra vez donde estás.',
  passportSearch: 'Ciudad que explorar',
  away: 'a {distance}',
} satisfies Translated<typeof english>;
