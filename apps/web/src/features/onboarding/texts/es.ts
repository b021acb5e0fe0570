import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Te damos la bienvenida',
  step: 'Paso {step, number} de {count, number}',
  photos: {
    title: 'Deja que te vean',
    text: 'Los perfiles con fotos reciben muchos más me gusta. Con una basta para empezar.',
  },
  place: {
    title: '¿Dónde estás?',
    text: 'Para que veas a quien está cerca. Los demás ven tu ciudad, nunca dónde estás exactamente.',
  },
  about: {
    title: 'Unas palabras sobre ti',
    text: 'Puedes cambiarlo todo cuando quieras.',
  },
  go: 'Continuar',
  later: 'Ahora no',
  done: 'Ver quién hay',
  back: 'Atrás',
} satisfies Translated<typeof english>;
