import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Tu cuenta',
  copyTitle: 'Tus datos',
  copyText: 'Una copia de todo lo que se guarda sobre ti, en un archivo que los programas pueden leer. Puedes pedir una al día.',
  ask: 'Pedir una copia',
  preparing: 'Tu copia se está preparando. Te avisaremos cuando esté lista.',
  ready: 'Puedes descargar tu copia hasta el {until}.',
  fetch: 'Guardar la copia',
  deleteTitle: 'Eliminar la cuenta',
  deleteText:
    'Desapareces al instante para todos: terminan los matches y las amistades. Tras {days, number} días, tu cuenta se borra para siempre. Los mensajes que enviaste a otros se quedan con ellos.',
  password: 'Tu contraseña',
  enterPassword: 'Escribe tu contraseña.',
  wrong: 'Esa no es tu contraseña.',
  recent: 'Cierra la sesión, vuelve a entrar y elimina tu cuenta justo después.',
  delete: 'Eliminar mi cuenta',
  sure: '¿Eliminar tu cuenta?',
  sureText: 'Aquí no se puede deshacer.',
  done: 'Tu cuenta está eliminada. Se borrará el {when}.',
  numbers: 'En cifras',
  likesGiven: 'Me gusta dados',
  likesReceived: 'Me gusta recibidos',
  matches: 'Matches',
  friends: 'Amigos',
  conversations: 'Chats',
  messagesSent: 'Mensajes enviados',
  messagesReceived: 'Mensajes recibidos',
  calls: 'Llamadas',
  callMinutes: 'Minutos de llamada',
  memberSince: 'Aquí desde el {when}',
} satisfies Translated<typeof english>;
