import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'A tua conta',
  copyTitle: 'Os teus dados',
  copyText: 'Uma cópia de tudo o que é guardado sobre ti, num ficheiro que os programas sabem ler. Podes pedir uma por dia.',
  ask: 'Pedir uma cópia',
  preparing: 'A tua cópia está a ser preparada. Avisamos-te quando estiver pronta.',
  ready: 'A tua cópia está disponível até {until}.',
  fetch: 'Guardar a cópia',
  deleteTitle: 'Eliminar a conta',
  deleteText:
    'Desapareces logo para todos: os matches e as amizades terminam. Passados {days, number} dias, a tua conta é apagada de vez. As mensagens que enviaste ficam com quem as recebeu.',
  password: 'A tua palavra-passe',
  enterPassword: 'Escreve a tua palavra-passe.',
  wrong: 'Essa não é a tua palavra-passe.',
  recent: 'Termina a sessão, entra de novo e elimina a conta logo a seguir.',
  delete: 'Eliminar a minha conta',
  sure: 'Eliminar a tua conta?',
  sureText: 'Aqui não há volta atrás.',
  done: 'A tua conta foi eliminada. Será apagada a {when}.',
  numbers: 'Em números',
  likesGiven: 'Gostos dados',
  likesReceived: 'Gostos recebidos',
  matches: 'Matches',
  friends: 'Amigos',
  conversations: 'Conversas',
  messagesSent: 'Mensagens enviadas',
  messagesReceived: 'Mensagens recebidas',
  calls: 'Chamadas',
  callMinutes: 'Minutos em chamada',
  memberSince: 'Aqui desde {when}',
} satisfies Translated<typeof english>;
