import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Amigos',
  backToProfile: 'Voltar ao perfil',
  received: 'Pedidos recebidos',
  sent: 'Os teus pedidos',
  yours: 'Os teus amigos',
  accept: 'Aceitar',
  decline: 'Recusar',
  takeBack: 'Retirar',
  askedWhen: 'Pedido enviado {when}',
  since: 'Amigos desde {when}',
  accepted: 'Tu e {name} são amigos.',
  declined: 'Pedido recusado. {name} não fica a saber.',
  ask: 'Pedir amizade',
  asked: 'Enviaste um pedido a {name}.',
  asksYou: '{name} enviou-te um pedido de amizade.',
  remove: 'Terminar a amizade',
  removeTitle: 'Terminar a tua amizade com {name}?',
  removeText: 'Saem da lista de amigos um do outro. Podes voltar a pedir quando quiseres.',
  removed: 'Tu e {name} já não são amigos.',
  noneTitle: 'Ainda sem amigos',
  noneText: 'Podes enviar um pedido a partir da página de alguém.',
} satisfies Translated<typeof english>;
