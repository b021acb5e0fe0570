import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Boas-vindas',
  step: 'Passo {step, number} de {count, number}',
  photos: {
    title: 'Mostra-te',
    text: 'Os perfis com fotos recebem muito mais gostos. Uma chega para começar.',
  },
  place: {
    title: 'Onde estás?',
    text: 'Para veres quem está perto. Os outros veem a tua cidade, nunca onde estás ao certo.',
  },
  about: {
    title: 'Umas palavras sobre ti',
    text: 'Podes mudar tudo quando quiseres.',
  },
  go: 'Continuar',
  later: 'Agora não',
  done: 'Ver quem está por cá',
  back: 'Voltar',
} satisfies Translated<typeof english>;
