import type { Api } from '../index';

/** What each group of endpoints is about. */
export const groups: Readonly<Record<keyof Api, string>> = {
  auth: 'Accounts and sessions: signing up, in and out, the tokens, and the devices that are signed in.',
  users: 'The signed-in account itself and its settings.',
  profiles: 'The page each person shows to others.',
  location: 'Where the signed-in user is, and where they look around instead. Others never get it.',
  places: 'Cities of the world to choose from.',
  discovery: 'New people to meet.',
  swipes: 'Saying yes or no to someone.',
  likes: 'Who likes the signed-in user and waits for an answer.',
  matches: 'Two people who like each other.',
  blocks: 'Whom someone does not want to see, and who does not see them.',
  friends: 'People who know each other, and the requests that it takes.',
  reports: 'Telling those who keep people safe about someone, and hearing what came of it.',
  conversations: 'Where matched people write to each other, and how far each has read.',
  groups: 'Groups: who is in them, and what each may do there.',
  media: 'Files that are sent in messages.',
  messages: 'What is written in a conversation.',
  encryption: 'Keys of devices and people for conversations that are end-to-end encrypted, and what devices send each other for it.',
  calls: 'Audio and video calls between matched people. Media goes from device to device; signals go over the socket.',
  notifications: 'What someone is told, in the app and by the ways they have chosen.',
  presence: 'Who is here now, and when people last were, as far as both want it seen.',
  admin: 'For those who keep people safe: accounts, reports with their evidence, and the log of who did what.',
  realtime: 'The socket, and the log of what happened for a device that was away.',
  development: 'For who develops on the platform; not there in production.',
};
