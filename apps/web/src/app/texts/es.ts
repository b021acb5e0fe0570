import type { Translated } from '../../language/translated';
import type english from './en';

export default {
  discover: 'Descubrir',
  matches: 'Matches',
  chats: 'Chats',
  calls: 'Llamadas',
  profile: 'Perfil',
  settings: 'Ajustes',
  notifications: 'Notificaciones',
  admin: 'Administración',
  main: 'Navegación principal',
  skip: 'Saltar al contenido',
  unread: 'sin leer',
} satisfies Translated<typeof english>;
