export default {
  discover: 'Discover',
  matches: 'Matches',
  chats: 'Chats',
  calls: 'Calls',
  profile: 'Profile',
  settings: 'Settings',
  notifications: 'Notifications',
  admin: 'Admin',
  main: 'Main',
  skip: 'Skip to content',
  unread: 'unread',
} as const;
