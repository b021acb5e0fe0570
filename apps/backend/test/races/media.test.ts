import type { Media, Message } from '@app/contracts';
import { tables } from '@app/domain';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { call, codeOf, dataOf } from '../rig/http';
import { type Pair, talkingPair } from '../rig/people';

/** A file that is sent while it is taken away: on a real PostgreSQL. */
let backend: TestBackend;
let pair: Pair;
beforeAll(async () => {
  backend = await startTestBackend('postgres', { env: { DATABASE_POOL_SIZE: '16' } });
  pair = await talkingPair(backend.baseURL);
});
afterAll(() => backend?.close());

const db = () => backend.platform.kernel.database.db;

/** What takes a file away that nobody has sent runs now, as a day after it was uploaded. */
function sweep(id: string): Promise<void> {
  const { work, jobs } = backend.platform;
  return work.transact(async (unit) => unit.enqueue('media.sweep', { id, keys: [] })).then(async () => void (await jobs.runDue()));
}

const sendIt = (mediaId: string) =>
  pair.ada.call('messages.send', { conversationId: pair.conversationId, clientId: crypto.randomUUID(), mediaId });

async function upload(): Promise<Media> {
  return dataOf<Media>(await call(backend.baseURL, 'media.upload', {}, { token: pair.ada.token }));
}

/** Whether there is a file by that id, in how many messages it is, and whether it can be loaded. */
async function stands(id: string) {
  const row = await db().$count(tables.media, eq(tables.media.id, id));
  const sent = await db().$count(tables.messages, eq(tables.messages.mediaId, id));
  const bytes = await backend.platform.kernel.ports.media.read(`messages/${id}/large.webp`, 1_000_000);
  return { row, sent, isKept: bytes !== undefined };
}

describe('a file that is sent while it is taken away', () => {
  it('is in the message, or the message is refused: never a message without its file', { timeout: 120_000 }, async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      const { id } = await upload();
      const [, ...replies] = await Promise.all([sweep(id), sendIt(id), sendIt(id)]);
      await sweep(id);
      const codes = replies.map(codeOf).toSorted();
      outcomes.add(codes.join());
      const done = codes.filter((code) => code === 'ok').length;
      expect([codes, await stands(id)]).toEqual([codes, { row: done > 0 ? 1 : 0, sent: done, isKept: done > 0 }]);
      expect(codes.every((code) => code === 'ok' || code === 'MEDIA_NOT_FOUND')).toBe(true);
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });

  it('stays while one message of several that it is in is deleted', { timeout: 120_000 }, async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await upload();
      const first = dataOf<Message>(await sendIt(id));
      const [deleted, again] = await Promise.all([pair.ada.call('messages.delete', { messageId: first.id }), sendIt(id)]);
      await sweep(id);
      expect(codeOf(deleted)).toBe('ok');
      const isSent = codeOf(again) === 'ok';
      // Of what was deleted the row stays for moderators, and what stood under its name is moved.
      expect(await stands(id)).toEqual({ row: 1, sent: isSent ? 1 : 0, isKept: isSent });
    }
  });
});

describe('a file whose message is reported while it is deleted', () => {
  it('is in the evidence, with a copy that stays, whichever of the two came first', { timeout: 120_000 }, async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await upload();
      const sent = dataOf<Message>(await sendIt(id));
      const evidence = { messageIds: [sent.id] };
      const [reported, deleted] = await Promise.all([
        pair.ben.call('reports.report', { userId: pair.ada.id, category: 'nudity', evidence }),
        pair.ada.call('messages.delete', { messageId: sent.id }),
        backend.platform.jobs.runDue(),
      ]);
      expect([codeOf(reported), codeOf(deleted)]).toEqual(['ok', 'ok']);
      const pieceOf = async () => (await db().select().from(tables.reportEvidence).where(eq(tables.reportEvidence.refId, id)))[0];
      await expect.poll(async () => (await pieceOf())?.awaits).toBeNull();
      // Nobody is led to the one that was sent.
      await expect.poll(() => stands(id)).toEqual({ row: 1, sent: 0, isKept: false });
      const { fileId } = ((await pieceOf())?.data ?? {}) as { fileId?: string };
      expect((await stands(fileId ?? '')).isKept).toBe(true);
    }
  });
});
