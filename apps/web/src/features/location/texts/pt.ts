import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Localização',
  home: 'Onde estás',
  homeNone: 'Não disseste onde estás.',
  privacy: 'Os outros veem mais ou menos a que distância estás, nunca onde.',
  device: 'Usar a minha localização',
  deviceRefused: 'O teu navegador não diz onde estás. Escolhe antes uma cidade.',
  search: 'Cidade',
  searchHint: 'Começa a escrever o nome.',
  found: '{count, plural, =0 {Nenhuma cidade encontrada} one {# cidade encontrada} other {# cidades encontradas}}',
  saved: 'Agora estás em {city}.',
  savedSomewhere: 'A tua localização está guardada.',
  forget: 'Esquecer a minha localização',
  forgotten: 'A tua localização foi esquecida.',
  passport: 'Passaporte',
  passportText: 'Vê quem está noutra cidade e deixa que te vejam lá.',
  passportIn: 'Veem-te em {city}.',
  passportEnd: 'Voltar a casa',
  passportEnded: 'Veem-te outra vez onde estás.',
  passportSearch: 'Cidade a explorar',
  away: 'a {distance}',
} satisfies Translated<typeof english>;
