import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  action: 'Denunciar',
  title: 'Denunciar {name}',
  what: 'De que se trata?',
  chooseWhat: 'Escolhe o que melhor se aplica',
  text: 'O que aconteceu?',
  textHint: 'Nas tuas palavras, o que quiseres.',
  alsoBlock: 'Bloquear também {name}',
  alsoBlockHint: 'Deixam de se ver um ao outro.',
  private: 'A moderação vai analisar. {name} não fica a saber.',
  send: 'Enviar denúncia',
  sent: 'Obrigado. Vamos analisar.',
  mine: 'As tuas denúncias',
  noneTitle: 'Não denunciaste ninguém',
  noneText: 'Se alguém te fizer sentir mal, denuncia essa pessoa na página dela. Ela não fica a saber.',
  when: 'Denunciado {when}',
  statuses: {
    open: 'À espera',
    in_review: 'Em análise',
    resolved: 'Resolvida',
  },
  verdicts: {
    acted: 'Tomámos medidas.',
    dismissed: 'Não encontrámos nada contra as nossas regras.',
  },
  categories: {
    underage: 'Menos de 18 anos',
    threats: 'Ameaças ou violência',
    harassment: 'Assédio',
    hate: 'Ódio',
    nudity: 'Nudez ou conteúdo sexual',
    scam: 'Burla ou pedido de dinheiro',
    fake_profile: 'Perfil falso',
    offline_behaviour: 'O que fez no encontro',
    spam: 'Spam ou publicidade',
    other: 'Outra coisa',
  },
} satisfies Translated<typeof english>;
