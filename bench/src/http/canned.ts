import type { Me, Message } from '@app/contracts';
import { seeded, sentence, uuid } from '../run/random';

/** Messages a page: about 25 KB of JSON. */
export const historyLimit = 80;

/** An account, a page of messages and an echo: the one data access that both sides share where only the stack is measured. */
export interface Canned {
  me(userId: string): Me;
  history(conversationId: string, limit: number): { items: Message[]; nextCursor: string | null; previousCursor: string | null };
  send(senderId: string, message: { conversationId: string; clientId: string; text?: string | undefined }): Message;
}

/** `people` are told apart by their ids alone. */
export function canned(): Canned {
  const random = seeded(2);
  const at = '2026-01-15T10:30:00.000Z';
  const sender = uuid(random);
  const page = Array.from({ length: historyLimit }, (_, index): Message => {
    const text = sentence(random);
    return {
      id: uuid(random),
      conversationId: uuid(random),
      seq: historyLimit - index,
      senderId: sender,
      clientId: uuid(random),
      kind: 'text',
      text,
      replyTo: null,
      envelope: null,
      system: null,
      media: null,
      createdAt: at,
      editedAt: null,
      deletedAt: null,
      pinnedAt: null,
      revision: 0,
      reactions: [],
      ownReaction: null,
    };
  });
  return {
    me: (id) => ({
      id,
      email: 'ada@example.com',
      emailVerified: true,
      phone: null,
      hasPassword: true,
      role: 'user',
      status: 'active',
      displayName: 'Ada',
      birthDate: '1996-04-23',
      age: 29,
      gender: 'female',
      createdAt: at,
    }),
    history: (conversationId, limit) => ({
      items: page.slice(0, limit).map((message) => ({ ...message, conversationId })),
      nextCursor: null,
      previousCursor: null,
    }),
    send: (senderId, { conversationId, clientId, text }) => ({
      id: sender,
      conversationId,
      seq: 1,
      senderId,
      clientId,
      kind: 'text',
      text: text ?? null,
      replyTo: null,
      envelope: null,
      system: null,
      media: null,
      createdAt: at,
      editedAt: null,
      deletedAt: null,
      pinnedAt: null,
      revision: 0,
      reactions: [],
      ownReaction: null,
    }),
  };
}
