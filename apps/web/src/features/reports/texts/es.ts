import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  action: 'Denunciar',
  title: 'Denunciar a {name}',
  what: '¿De qué se trata?',
  chooseWhat: 'Elige lo que mejor encaje',
  text: '¿Qué ha pasado?',
  textHint: 'Con tus palabras, todo lo que quieras.',
  alsoBlock: 'Bloquear también a {name}',
  alsoBlockHint: 'Ya no os veréis el uno al otro.',
  private: 'La moderación lo revisará. {name} no se enterará.',
  send: 'Enviar denuncia',
  sent: 'Gracias. Lo revisaremos.',
  mine: 'Tus denuncias',
  noneTitle: 'No has denunciado a nadie',
  noneText: 'Si alguien te hace sentir mal, denuncia a esa persona en su página. No se enterará.',
  when: 'Denunciado {when}',
  statuses: {
    open: 'En espera',
    in_review: 'En revisión',
    resolved: 'Resuelta',
  },
  verdicts: {
    acted: 'Hemos tomado medidas.',
    dismissed: 'No hemos encontrado nada contrario a nuestras normas.',
  },
  categories: {
    underage: 'Menor de 18 años',
    threats: 'Amenazas o violencia',
    harassment: 'Acoso',
    hate: 'Odio',
    nudity: 'Desnudez o contenido sexual',
    scam: 'Estafa o petición de dinero',
    fake_profile: 'Perfil falso',
    offline_behaviour: 'Lo que hizo al quedar',
    spam: 'Spam o publicidad',
    other: 'Otra cosa',
  },
} satisfies Translated<typeof english>;
