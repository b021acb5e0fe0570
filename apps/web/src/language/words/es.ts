import type { Translated } from '../translated';
import type english from './en';

export default {
  language: 'Idioma',
  loading: 'Cargando…',
  tryAgain: 'Volver a intentarlo',
  showMore: 'Ver más',
  cancel: 'Cancelar',
  close: 'Cerrar',
  back: 'Atrás',
  save: 'Guardar',
  show: 'Mostrar',
  hide: 'Ocultar',
  details: 'Detalles',
  dismiss: 'Cerrar aviso',
  notice: 'Aviso',
  choose: 'Elegir',
} satisfies Translated<typeof english>;
