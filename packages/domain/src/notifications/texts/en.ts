import { days, type MailWords, type MediaWords, plurals, type Words } from './words';

const many = plurals('en');
const day = days('en');
const sent: MediaWords = { image: 'Photo', audio: 'Voice message', video: 'Video' };

export const en: Words = {
  new_device: ({ data, device }) => ({
    title: 'New sign-in to your account',
    body: `${device} signed in from ${data.address}. If that was not you, sign it out and change your password.`,
  }),
  password_changed: ({ device }) => ({
    title: 'Your password was changed',
    body: `It was changed on ${device}. If that was not you, reset it now.`,
  }),
  warning: ({ data }) => ({ title: 'A warning from our team', body: data.reason }),
  report_resolved: ({ data }) => ({
    title: 'We looked into your report',
    body:
      data.outcome === 'acted'
        ? 'We have acted on it. Thank you for telling us.'
        : 'We found nothing against our rules. Thank you for telling us.',
  }),
  photo_rejected: ({ data }) => ({
    title: 'One of your photos is not shown',
    body: data.reason ?? 'It does not follow our rules for photos. Please choose another one.',
  }),
  content_removed: ({ data }) => ({
    title: 'Something you wrote was removed',
    body: many(data.messages, {
      one: 'A message of yours broke our rules, and is gone for both of you.',
      other: '# messages of yours broke our rules, and are gone for both of you.',
    }),
  }),
  export_ready: ({ data }) => ({ title: 'Your data is ready', body: `You can download it until ${day(data.expiresAt)}.` }),
  friend_requested: ({ name }) => ({ title: 'Friend request', body: `${name} would like to be your friend.` }),
  friend_accepted: ({ name }) => ({ title: 'You have a new friend', body: `${name} accepted your request.` }),
  match_created: ({ name }) => ({ title: 'It’s a match!', body: `You and ${name} like each other. Say hello!` }),
  like_received: ({ count }) => ({
    title: many(count, { one: 'Someone likes you', other: '# people like you' }),
    body: 'Take a look at who it could be.',
  }),
  call_missed: ({ name, data }) => ({
    title: data.type === 'video' ? 'Missed video call' : 'Missed call',
    body: `${name} tried to reach you.`,
  }),
  group_added: ({ name, data }) => ({ title: 'You are in a new group', body: `${name} added you to “${data.name}”.` }),
  message_received: ({ name, count, media }) => ({
    title: name,
    body: media === null ? many(count, { one: 'Sent you a message', other: '# new messages' }) : sent[media],
  }),
};

export const enMail: MailWords = {
  open: 'Open Heartline',
  why: 'You get this mail because of your account at Heartline. You can choose which mails you get in the settings.',
};
