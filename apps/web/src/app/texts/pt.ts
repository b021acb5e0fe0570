import type { Translated } from '../../language/translated';
import type english from './en';

export default {
  discover: 'Descobrir',
  matches: 'Matches',
  chats: 'Conversas',
  calls: 'Chamadas',
  profile: 'Perfil',
  settings: 'Definições',
  notifications: 'Notificações',
  admin: 'Administração',
  main: 'Navegação principal',
  skip: 'Saltar para o conteúdo',
  unread: 'por ler',
} satisfies Translated<typeof english>;
