import type { Conversation, LoggedEvent, Message } from '@app/contracts';
import { call, dataOf } from '../rig/http';
import type { Heard } from './device';
import type { Platform } from './platform';
import type { Records } from './talk';

/** A device, as it stood at the end. */
export interface DeviceEvidence {
  readonly name: string;
  readonly heard: readonly Heard[];
  readonly gapsFilled: number;
  readonly resets: number;
  /** Texts that still wait in its outbox, and how. */
  readonly unsent: readonly string[];
}

/** How a conversation stands for one of its members. */
export interface View {
  readonly conversationId: string;
  readonly unreadCount: number;
  readonly readSeq: number;
}

export interface PersonEvidence {
  readonly id: string;
  readonly name: string;
  /** Their place in the log when the talk began. */
  readonly since: number;
  /** What the log has after it. */
  readonly log: readonly Heard[];
  readonly views: readonly View[];
  readonly devices: readonly DeviceEvidence[];
}

export interface ConversationEvidence {
  readonly id: string;
  readonly memberIds: readonly string[];
  /** The oldest first. */
  readonly history: readonly Message[];
}

/** What is left when all is over, and what was promised. */
export interface Evidence {
  readonly people: readonly PersonEvidence[];
  readonly conversations: readonly ConversationEvidence[];
  readonly records: Records;
  /** What was told of before it was committed, each in a sentence. */
  readonly tooEarly: readonly string[];
  /** What nobody made a process do. */
  readonly surprises: readonly string[];
}

/** Every page of a list, its items in the order in which they came. */
async function all<Item>(page: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const found = await page(cursor);
    items.push(...found.items);
    cursor = found.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

type Ask = <Data>(endpoint: Parameters<typeof call>[1], input: Readonly<Record<string, unknown>>) => Promise<Data>;

async function logAfter(ask: Ask, since: number): Promise<Heard[]> {
  const log: LoggedEvent[] = [];
  for (;;) {
    const page = await ask<{ items: LoggedEvent[] }>('realtime.resume', { since: log.at(-1)?.seq ?? since, limit: 500 });
    if (page.items.length === 0) return log;
    log.push(...page.items);
  }
}

/** Asks a replica for everything there is. `since`: each person's place when the talk began. */
export async function gather(
  { chatters, replicas, witness }: Pick<Platform, 'chatters' | 'replicas' | 'witness'>,
  since: ReadonlyMap<string, number>,
  records: Records,
): Promise<Evidence> {
  const [replica] = replicas;
  const conversations = new Map<string, ConversationEvidence>();
  const people: PersonEvidence[] = [];
  for (const { who, name, conversationIds, devices } of chatters) {
    const token = await devices[0]?.token();
    const ask: Ask = async (endpoint, input) => dataOf(await call(replica.baseURL, endpoint, input, { token }));
    const views: View[] = [];
    for (const conversationId of conversationIds) {
      const view = await ask<Conversation>('conversations.get', { conversationId });
      const readSeq = view.members.find(({ userId }) => userId === who.id)?.readSeq ?? 0;
      views.push({ conversationId, unreadCount: view.unreadCount, readSeq });
      if (conversations.has(conversationId)) continue;
      const history = await all((cursor) =>
        ask<{ items: Message[]; nextCursor: string | null }>('messages.history', { conversationId, limit: 100, ...(cursor && { cursor }) }),
      );
      const memberIds = chatters.filter((one) => one.conversationIds.includes(conversationId)).map((one) => one.who.id);
      conversations.set(conversationId, { id: conversationId, memberIds, history: history.reverse() });
    }
    const began = since.get(who.id) ?? 0;
    people.push({
      id: who.id,
      name,
      since: began,
      log: await logAfter(ask, began),
      views,
      devices: devices.map((device) => ({
        name: device.name,
        heard: device.heard,
        gapsFilled: device.gapsFilled,
        resets: device.resets,
        unsent: conversationIds.flatMap((id) =>
          device.client.outbox.list(id).map(({ text, state, error }) => `${text.slice(0, 40)} (${state} ${error?.code ?? ''})`),
        ),
      })),
    });
    for (const { refusals } of devices)
      for (const [what, many] of refusals) records.refusals.set(what, (records.refusals.get(what) ?? 0) + many);
  }
  await witness.settled();
  return {
    people,
    conversations: [...conversations.values()],
    records,
    tooEarly: witness.findings,
    surprises: replicas.flatMap(({ surprises }) => surprises),
  };
}
