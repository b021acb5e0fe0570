import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '@app/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { newDatabase } from '../rig/backend';
import { call, dataOf } from '../rig/http';
import { type Someone, talkingPair } from '../rig/people';
import { endProcesses, startService } from '../rig/process';
import { type EventFrame, isEvent, openSocket } from '../rig/socket';

const dataDir = mkdtempSync(join(tmpdir(), 'heartline-killed-'));
afterAll(async () => {
  await endProcesses();
  rmSync(dataDir, { recursive: true, force: true });
});

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

/** Every message of a conversation, the oldest first. */
async function historyOf(baseURL: string, { token }: Someone, conversationId: string): Promise<Message[]> {
  const all: Message[] = [];
  let cursor: string | undefined;
  do {
    const input = { conversationId, limit: 100, ...(cursor === undefined ? {} : { cursor }) };
    const page = dataOf<{ items: Message[]; nextCursor: string | null }>(await call(baseURL, 'messages.history', input, { token }));
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all.reverse();
}

/** Kills the service, so many times, while four devices send as fast as they can, and looks at what is left each time. */
async function killWhileMessagesFlow(times: number, env: Readonly<Record<string, string>>): Promise<void> {
  let service = await startService(env);
  const { ada, ben, conversationId } = await talkingPair(service.baseURL);
  const acknowledged: Message[] = [];
  const heard: EventFrame[] = [];
  let reader = await openSocket(service.baseURL, ben.token, 0);

  for (let round = 0; round < times; round += 1) {
    const { baseURL } = service;
    const unanswered: { from: Someone; clientId: string; text: string }[] = [];
    const enough = acknowledged.length + 40;
    let killed: ReturnType<typeof service.kill> | undefined;
    const send = ({ token }: Someone, clientId: string, text: string) =>
      call(service.baseURL, 'messages.send', { conversationId, clientId, text }, { token });

    /** One device: the next message once the last one was acknowledged, until there is no answer. */
    const device = async (from: Someone, name: string): Promise<void> => {
      for (let index = 0; ; index += 1) {
        const message = { from, clientId: randomUUID(), text: `${name} ${index}` };
        const reply = await send(from, message.clientId, message.text).catch(() => undefined);
        if (reply === undefined) {
          unanswered.push(message);
          return;
        }
        acknowledged.push(dataOf<Message>(reply));
        if (acknowledged.length >= enough) killed ??= service.kill('SIGKILL');
      }
    };
    await Promise.all([device(ada, 'a'), device(ada, 'b'), device(ben, 'c'), device(ben, 'd')]);
    expect(await killed).toEqual({ code: null, signal: 'SIGKILL' });
    await reader.closed;
    heard.push(...reader.frames.filter(isEvent));

    service = await startService({ ...env, PORT: new URL(baseURL).port });
    const history = await historyOf(service.baseURL, ben, conversationId);
    expect(history.map(({ seq }) => seq)).toEqual(upTo(history.length));
    const kept = new Map(history.map((message) => [message.id, message]));
    expect(kept.size).toBe(history.length);
    for (const message of acknowledged) expect(kept.get(message.id)).toEqual(message);
    // Beyond them there is at most what was on its way, and whoever sends that again sends it once.
    expect(history.length - acknowledged.length).toBeLessThanOrEqual(unanswered.length);
    for (const { from, clientId, text } of unanswered) acknowledged.push(dataOf<Message>(await send(from, clientId, text)));
    expect(await historyOf(service.baseURL, ada, conversationId)).toHaveLength(acknowledged.length);

    reader = await openSocket(service.baseURL, ben.token, heard.at(-1)?.seq ?? 0);
  }

  const { head } = dataOf<{ head: number }>(await call(service.baseURL, 'realtime.resume', { since: 0 }, { token: ben.token }));
  await reader.next((frame) => isEvent(frame) && frame.seq === head);
  heard.push(...reader.frames.filter(isEvent));
  expect(heard.map(({ seq }) => seq)).toEqual(upTo(head));
  const messages = heard.filter(({ event }) => event === 'message:created').map(({ data }) => (data as { message: Message }).message);
  expect(messages).toEqual(await historyOf(service.baseURL, ben, conversationId));
  expect(await service.kill('SIGTERM')).toEqual({ code: 0, signal: null });
}

describe('a process that is killed while messages flow', () => {
  it('has lost nothing it acknowledged, on its embedded database', { timeout: 180_000 }, async () => {
    await killWhileMessagesFlow(1, { DATA_DIR: dataDir, SEED_DEMO: 'false' });
  });

  it('has lost nothing it acknowledged, on PostgreSQL', { timeout: 120_000 }, async () => {
    await killWhileMessagesFlow(2, { DATA_DIR: dataDir, DATABASE_URL: await newDatabase() });
  });
});
