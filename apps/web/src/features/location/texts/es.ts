import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Ubicación',
  home: 'Dónde estás',
  homeNone: 'No has dicho dónde estás.',
  privacy: 'Los demás ven más o menos a qué distancia estás, nunca dónde.',
  device: 'Usar mi posición',
  deviceRefused: 'Tu navegador no dice dónde estás. Elige mejor una ciudad.',
  search: 'Ciudad',
  searchHint: 'Empieza a escribir su nombre.',
  found: '{count, plural, =0 {No se encontró ninguna ciudad} one {# ciudad encontrada} other {# ciudades encontradas}}',
  saved: 'Ahora estás en {city}.',
  savedSomewhere: 'Tu ubicación está guardada.',
  forget: 'Olvidar mi ubicación',
  forgotten: 'Tu ubicación está olvidada.',
  passport: 'Pasaporte',
  passportText: 'Mira y deja que te vean en otra ciudad.',
  passportIn: 'Te ven en {city}.',
  passportEnd: 'Volver a casa',
  passportEnded: 'Te ven otra vez donde estás.',
  passportSearch: 'Ciudad donde mirar',
  away: 'a {distance}',
} satisfies Translated<typeof english>;
