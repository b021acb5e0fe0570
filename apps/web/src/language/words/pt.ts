import type { Translated } from '../translated';
import type english from './en';

export default {
  language: 'Idioma',
  loading: 'A carregar…',
  tryAgain: 'Tentar de novo',
  showMore: 'Mostrar mais',
  cancel: 'Cancelar',
  close: 'Fechar',
  back: 'Voltar',
  save: 'Guardar',
  show: 'Mostrar',
  hide: 'Ocultar',
  details: 'Detalhes',
  dismiss: 'Fechar aviso',
  notice: 'Aviso',
  choose: 'Escolher',
} satisfies Translated<typeof english>;
