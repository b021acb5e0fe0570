import type { Translated } from '../../language/translated';
import type english from './en';

export default {
  title: 'Não encontrado',
  heading: 'Não está aqui ninguém',
  text: 'Esta página não existe ou seguiu em frente.',
  home: 'Levar-me ao início',
} satisfies Translated<typeof english>;
