/**
 * The one story that every example tells: Ada, who looks at the app, has matched with Ben, wrote to him and calls him.
 * Examples that name the same thing bear the same id, so that documents, canned mocks and tests fit together.
 */
export const sampleIds = {
  ada: '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10',
  ben: '019aa238-4cb0-7c0d-8e27-91a4d3f06b52',
  challenge: '019bc134-784a-7d21-9c55-83b06f4ad271',
  session: '019bc0b4-4bc0-7d42-a6b3-2f7c90e184d5',
  otherSession: '019b8fac-6a80-7b18-b50e-c46d1f82a937',
  match: '019bbdac-18b8-7e91-8f3c-6a05b7d2c148',
  conversation: '019bbdac-18c2-7052-9ad8-e13f48c6b90a',
  earlierMessage: '019bc131-2a18-7c05-a4d9-6b3f8e20c175',
  group: '019bbdb0-3c10-7d84-a1f6-59e2c7b08d34',
  message: '019bc134-7840-7f6b-8241-0d9e5ac7b3f8',
  call: '019bc33e-5200-7194-b7e0-5c28fa1d6e93',
  request: '019bc134-783c-7c33-9e55-83b06f4ad271',
  notification: '019bbdac-18c3-7a41-8d2e-4f7b0c95e163',
  friendRequest: '019bc312-6200-7c58-93ab-7d14e0f8b265',
  /** Who keeps people safe, what she was told, and what was written down of what she did. */
  mona: '019a1f0c-5d20-7b61-a2c4-83e5f1d0792b',
  report: '019bc150-0a60-7d27-9b41-6e2f80c5a17d',
  warning: '019bc162-7f18-7a90-8c3d-15b7e94f60a2',
  audit: '019bc162-7f20-71c4-b8e6-2d9a30f7c584',
  photo: '019aa23b-1f40-7d63-a0b5-9e72c4d81f36',
  otherPhoto: '019aa23c-8e10-75b8-92f4-3d60a7c5be19',
  media: '019bc133-9c20-7b5e-8d14-62f7a0c9e3b8',
  upload: '019bc12f-5d80-7e24-b6c9-70f1a83e5d42',
  clientMessage: '7f9c24e5-3b1a-4b52-9d3e-0a1b2c3d4e5f',
};

function photoOf(id: string, color: string) {
  const address = (size: string) => `https://media.example.com/photos/${id}/${size}.webp`;
  return { id, width: 1080, height: 1350, color, urls: { small: address('small'), medium: address('medium'), large: address('large') } };
}

/** Ben's photo, and Ada's. */
export const samplePhoto = photoOf(sampleIds.photo, '#7a8c6e');
const otherPhoto = photoOf(sampleIds.otherPhoto, '#c9a27e');

/** The two people as others see them. */
export const samplePeople = {
  ada: { id: sampleIds.ada, displayName: 'Ada', age: 29, gender: 'female' as const, city: 'Lisbon', photo: otherPhoto },
  ben: { id: sampleIds.ben, displayName: 'Ben', age: 31, gender: 'male' as const, city: 'Sintra', photo: samplePhoto },
};

/** Where Ada lives. */
export const samplePlaces = {
  lisbon: { id: 'geonames:2267057', name: 'Lisbon', latitude: 38.717, longitude: -9.133 },
};

/** The picture that Ada sends. */
export const sampleMedia = {
  id: sampleIds.media,
  kind: 'image' as const,
  contentType: 'image/webp',
  size: 148_220,
  width: 1080,
  height: 810,
  durationMs: null,
  codecs: [],
  color: '#7d8a94',
  hasPicture: true,
  waveform: null,
};

/** Ada's message as it was sent, as she then changed it, and as it stands once she deleted it. */
const sent = {
  id: sampleIds.message,
  conversationId: sampleIds.conversation,
  seq: 13,
  senderId: sampleIds.ada,
  clientId: sampleIds.clientMessage,
  kind: 'text' as const,
  text: 'Hello! How was the climb?',
  replyTo: { id: sampleIds.earlierMessage, seq: 12, senderId: sampleIds.ben, kind: 'text' as const, text: 'Guess where I am' },
  envelope: null,
  system: null,
  media: null,
  createdAt: '2026-01-15T10:30:00.000Z',
  editedAt: null,
  deletedAt: null,
  pinnedAt: null,
  revision: 0,
  reactions: [],
  ownReaction: null,
};
export const sampleMessages = {
  sent,
  edited: { ...sent, text: 'Hello Ben! How was the climb?', editedAt: '2026-01-15T10:31:20.000Z', revision: 1 },
  deleted: { ...sent, text: null, deletedAt: '2026-01-15T10:32:05.000Z', revision: 2 },
  reactedTo: { ...sent, revision: 1, reactions: [{ emoji: '❤️', count: 1 }], ownReaction: '❤️' },
  pinned: { ...sent, revision: 1, pinnedAt: '2026-01-15T10:40:00.000Z' },
};

/** The group that Ada has made, before anybody wrote. */
export const sampleGroup = {
  id: sampleIds.group,
  kind: 'group' as const,
  name: 'Climbers of Sintra',
  picture: null,
  pictureBy: null,
  person: null,
  members: [{ userId: sampleIds.ada, readSeq: 0, deliveredSeq: 0 }],
  memberCount: 2,
  role: 'owner' as const,
  open: true,
  encryptedAt: null,
  lastMessage: null,
  lastSender: null,
  unreadCount: 0,
  muted: null,
  archived: false,
  draft: null,
  createdAt: '2026-01-14T18:02:11.000Z',
  lastActivityAt: '2026-01-14T18:02:11.000Z',
};

/** The conversation of the two, once it is encrypted. */
export const sampleConversation = {
  ...sampleGroup,
  id: sampleIds.conversation,
  kind: 'direct' as const,
  name: null,
  person: samplePeople.ben,
  members: [
    { userId: sampleIds.ada, readSeq: 13, deliveredSeq: 13 },
    { userId: sampleIds.ben, readSeq: 12, deliveredSeq: 13 },
  ],
  role: null,
  encryptedAt: '2026-01-15T10:29:00.000Z',
  lastMessage: sent,
};

const signed = (keys: object) => JSON.stringify({ user_id: `@${sampleIds.ada}:heartline`, ...keys });
const signing = (usage: string, key: string) => signed({ usage: [usage], keys: { [`ed25519:${key}`]: key } });

/** Keys as devices make them, without their signatures. */
export const sampleKeys = {
  device: signed({
    device_id: sampleIds.session,
    algorithms: ['m.olm.v1.curve25519-aes-sha2', 'm.megolm.v1.aes-sha2'],
    keys: {
      [`curve25519:${sampleIds.session}`]: 'wJ5qj4F1Y0b9gqv9bHhQ2hC2r3q1Xc8Zy7o0q3m4XkE',
      [`ed25519:${sampleIds.session}`]: 'M6q0fXkq2Yv7m1m0bHhQ2hC2r3q1Xc8Zy7o0q3m4XkA',
    },
  }),
  master: signing('master', 'zQ4UM75Dmdg0aeX+E9GVuGNtKQswbMLq60oLsB6ckjw'),
  selfSigning: signing('self_signing', 'PfhcyaUvbJ41kq1eGH7xqEdYRQbVpV0tCkEeHkZWf1s'),
  userSigning: signing('user_signing', 'n4QK1x7mXW0V8cJ1tV0m2Vb8Yl0f8m7qk3t9zO2pVxU'),
  oneTime: JSON.stringify({ key: 'kFq0Z2yqkXo1nGm8Qv0o7c5lq6a2y5c0uH2m5bq9eXw' }),
  envelope: JSON.stringify({ algorithm: 'm.olm.v1.curve25519-aes-sha2', ciphertext: {} }),
};

/** Ada's video call to Ben in each state that the examples show. */
const ringing = {
  id: sampleIds.call,
  type: 'video' as const,
  provider: 'webrtc' as const,
  state: 'ringing' as const,
  caller: samplePeople.ada,
  callee: samplePeople.ben,
  createdAt: '2026-01-15T20:00:00.000Z',
  ringsUntil: '2026-01-15T20:00:45.000Z',
  answeredAt: null,
  endedAt: null,
  endedBy: null,
  durationSeconds: null,
};
const answered = { ...ringing, state: 'in_progress' as const, answeredAt: '2026-01-15T20:00:08.000Z' };
export const sampleCalls = {
  ringing,
  answered,
  completed: {
    ...answered,
    state: 'completed' as const,
    endedAt: '2026-01-15T20:14:30.000Z',
    endedBy: sampleIds.ada,
    durationSeconds: 862,
  },
  rejected: { ...ringing, state: 'rejected' as const, endedAt: '2026-01-15T20:00:06.000Z', endedBy: sampleIds.ben },
  missed: { ...ringing, state: 'missed' as const, endedAt: '2026-01-15T20:00:45.000Z' },
  busy: { ...ringing, state: 'busy' as const, endedAt: '2026-01-15T20:00:00.000Z' },
};
