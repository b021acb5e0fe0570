import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isApiError } from '@app/api-client';
import type { Message } from '@app/contracts';
import { call, codeOf, dataOf } from '../rig/http';
import type { Someone } from '../rig/people';
import { between, oneOf, type Random } from '../rig/random';
import type { Device, Heard } from './device';
import type { Replica } from './replica';
import type { Timeline } from './timeline';

/** Someone who chats, on one device or several. */
export interface Chatter {
  readonly name: string;
  readonly who: Someone;
  readonly conversationIds: readonly string[];
  readonly devices: readonly Device[];
}

/** A message that was written by the outbox of a device, or sent by itself (`device` is undefined then). */
export interface Written {
  readonly clientId: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly device: string | undefined;
  readonly text: string;
}

/** Told to its sender: from now on it may never be lost. */
export interface Acknowledged {
  readonly message: Pick<Message, 'id' | 'clientId' | 'conversationId' | 'seq'>;
  /** In milliseconds since the beginning. */
  readonly at: number;
}

export interface Change {
  readonly messageId: string;
  readonly conversationId: string;
  /** Null: deleted. */
  readonly text: string | null;
  readonly at: number;
}

export interface Read {
  readonly userId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly at: number;
}

/** What people did, and what they were promised. */
export interface Records {
  readonly written: Written[];
  readonly acknowledged: Acknowledged[];
  readonly changes: Change[];
  readonly reads: Read[];
  /** Errors that calls ended with, and how often. */
  readonly refusals: Map<string, number>;
}

export const newRecords = (): Records => ({ written: [], acknowledged: [], changes: [], reads: [], refusals: new Map() });

/** Mean time between two things that someone does, in milliseconds. */
const meanPauseMs = 4_000;
/** Before one tries again, longer each time. */
const firstAgainMs = 300;
const longestAgainMs = 2_000;
const longestText = 3_500;

const words = 'the you see time day coffee walk city rain music where about really maybe tomorrow evening laugh train sea book'.split(' ');

/** Short as a rule, and long at times. */
function textOf(random: Random, name: string, number: number): string {
  const length = random() < 0.05 ? between(random, 500, longestText) : between(random, 5, 120);
  let text = `${name} ${number}`;
  while (text.length < length) text += ` ${oneOf(random, words)}`;
  return text;
}

const messagesIn = (heard: readonly Heard[]) =>
  heard.flatMap(({ event, data }) => (event === 'message:created' ? [(data as { message: Message }).message] : []));

export interface Talk {
  readonly records: Records;
  readonly timeline: Timeline;
  readonly replicas: readonly Replica[];
  /** Nobody begins anything new; what is begun goes on until it is done. */
  readonly isOver: () => boolean;
  /** What is not done by now is not tried any more. */
  readonly isGivenUp: () => boolean;
}

/** One person's chatting, until it is over and everything they sent by themselves was acknowledged. */
export async function chat(chatter: Chatter, random: Random, { records, timeline, replicas, isOver, isGivenUp }: Talk): Promise<void> {
  const { who, name, conversationIds, devices } = chatter;
  const senderId = who.id;
  const open = new Set<Promise<void>>();
  const changed = new Set<string>();
  let number = 0;

  function acknowledge({ id, clientId, conversationId, seq }: Message): void {
    records.acknowledged.push({ message: { id, clientId, conversationId, seq }, at: timeline.now() });
  }

  function newText(): string {
    number += 1;
    return textOf(random, name, number);
  }

  function write(): void {
    const device = oneOf(random, devices);
    const conversationId = oneOf(random, conversationIds);
    const text = newText();
    const { clientId } = device.client.outbox.send({ conversationId, text });
    records.written.push({ clientId, conversationId, senderId, device: device.name, text });
  }

  /** Sends one message to a replica until it is acknowledged. */
  async function insist(
    device: Device,
    replica: Replica,
    message: { conversationId: string; clientId: string; text: string },
  ): Promise<void> {
    for (let againMs = firstAgainMs; !isGivenUp(); againMs = Math.min(againMs * 2, longestAgainMs)) {
      const reply = await call(replica.baseURL, 'messages.send', message, { token: await device.token() }).catch(() => undefined);
      const code = reply === undefined ? 'no answer' : codeOf(reply);
      if (reply !== undefined && code === 'ok') return acknowledge(dataOf<Message>(reply));
      const what = `${code}: messages.send by itself`;
      records.refusals.set(what, (records.refusals.get(what) ?? 0) + 1);
      await pause(againMs);
    }
  }

  /** The same message over every replica at once, as an app does that does not know what became of it; at times once more, much later. */
  async function sendTwice(): Promise<void> {
    const device = oneOf(random, devices);
    const message = { conversationId: oneOf(random, conversationIds), clientId: randomUUID(), text: newText() };
    const lateMs = random() < 0.3 ? between(random, 1_000, 8_000) : undefined;
    records.written.push({ ...message, senderId, device: undefined });
    await Promise.all(replicas.map((replica) => insist(device, replica, message)));
    if (lateMs === undefined) return;
    await pause(lateMs);
    await insist(device, oneOf(Math.random, replicas), message);
  }

  /** Takes note of what is acknowledged; what is refused or gets no answer was not promised. */
  async function attempt(task: Promise<unknown>, acknowledged: () => void): Promise<void> {
    try {
      await task;
      acknowledged();
    } catch (error) {
      if (!isApiError(error)) throw error;
    }
  }

  async function read(): Promise<void> {
    const device = oneOf(random, devices);
    const last = messagesIn(device.heard).at(-1);
    if (last === undefined) return;
    const { conversationId, seq } = last;
    await attempt(device.client.conversations.markRead({ conversationId, seq }), () =>
      records.reads.push({ userId: senderId, conversationId, seq, at: timeline.now() }),
    );
  }

  /** Each message is changed once at the most, so that what is left of it is known. */
  async function change(): Promise<void> {
    const device = oneOf(random, devices);
    const deletes = random() < 0.3;
    const own = messagesIn(device.heard).findLast((message) => message.senderId === senderId && !changed.has(message.id));
    if (own === undefined) return;
    changed.add(own.id);
    const text = deletes ? null : `${own.text} (edited)`;
    const { messages } = device.client;
    const input = { messageId: own.id };
    await attempt(text === null ? messages.delete(input) : messages.edit({ ...input, text }), () =>
      records.changes.push({ messageId: own.id, conversationId: own.conversationId, text, at: timeline.now() }),
    );
  }

  function begin(task: Promise<void>): void {
    const one = task.finally(() => open.delete(one));
    open.add(one);
  }

  while (!isOver()) {
    await pause(-Math.log(1 - random()) * meanPauseMs);
    if (isOver()) break;
    const choice = random();
    if (choice < 0.75) write();
    else if (choice < 0.83) begin(sendTwice());
    else if (choice < 0.94) begin(read());
    else begin(change());
  }
  await Promise.all(open);
}
