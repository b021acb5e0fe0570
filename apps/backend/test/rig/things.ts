import { randomUUID } from 'node:crypto';
import {
  type Conversation,
  type EndpointId,
  endpoints,
  exampleInput,
  exampleSignal,
  type FriendRequest,
  type Notification,
  type OwnReport,
  type Photo,
  type Session,
  type SignalName,
} from '@app/contracts';
import { deviceOf, keysOf } from './encryption';
import { type Pair, password, ring, type Someone, say, signIn, signUp, talkingPair } from './people';

/** Two people with one of everything that can be named by an id, and a third who has nothing to do with them. */
export interface Things extends Pair {
  /** Ada's group, with Ben in it. Made only where asked for: what hides the two from each other leaves it to both. */
  readonly groupId: string | undefined;
  /** Ada's message to Ben. */
  readonly messageId: string;
  /** Ada rings Ben. Made only where asked for: it keeps both from other calls. */
  readonly callId: string | undefined;
  /** Ada's other device. */
  readonly sessionId: string;
  /** What Ada was told. */
  readonly notificationId: string;
  /** Ada asks Ben to be her friend. */
  readonly requestId: string;
  /** Ada has reported Ben. */
  readonly reportId: string;
  /** One of Ada's photos. */
  readonly photoId: string;
  /** Of a file that Ada may confirm once she has sent it. */
  readonly uploadId: string;
  readonly stranger: Someone;
}

/** The names of ids that belong to somebody: whoever else gives them is answered as if they were not there. */
export const ownedIds = [
  'conversationId',
  'messageId',
  'callId',
  'matchId',
  'sessionId',
  'notificationId',
  'requestId',
  'reportId',
  'photoId',
  'uploadId',
] as const;
export type OwnedId = (typeof ownedIds)[number];
/** The names of ids of people. */
export const personIds = ['userId', 'calleeId'] as const;

const isOwnedId = (name: string): name is OwnedId => (ownedIds as readonly string[]).includes(name);
const isPersonId = (name: string) => (personIds as readonly string[]).includes(name);

/** The names of every field of an endpoint's input. */
export function fieldsOf(id: EndpointId): readonly string[] {
  const { params, query, body } = endpoints[id].places;
  return [...params, ...query, ...body];
}

export function ownedIdsOf(fields: readonly string[]): readonly OwnedId[] {
  return fields.filter(isOwnedId);
}

export function namesPeople(fields: readonly string[]): boolean {
  return fields.some(isPersonId);
}

/** The id of Ada's other device. */
async function otherDevice(baseURL: string, ada: Someone): Promise<string> {
  await signIn(baseURL, ada);
  const { items } = await ada.do<{ items: Session[] }>('auth.listSessions');
  const id = items.find((session) => !session.current)?.id;
  if (id === undefined) throw new Error('The other device is not listed.');
  return id;
}

/** The id of what Ada was told last. */
async function lastTold(ada: Someone): Promise<string> {
  const { items } = await ada.do<{ items: Notification[] }>('notifications.list');
  if (items[0] === undefined) throw new Error('Ada was told nothing.');
  return items[0].id;
}

async function askForFriendship(ada: Someone, ben: Someone): Promise<string> {
  const { request } = await ada.do<{ request: FriendRequest | null }>('friends.sendRequest', { userId: ben.id });
  if (request === null) throw new Error('Ada has not asked Ben.');
  return request.id;
}

/** Of what has not been made. */
const nothing = '019bc12f-5d80-7e24-b6c9-70f1a83e5d43';

/**
 * Makes the people and their things. `named`: the fields that they are wanted for; of what costs something, all else is left out.
 * Default: everything but what is asked for by its name here.
 */
export async function makeThings(
  baseURL: string,
  { withCall = false, withGroup = false, named }: { withCall?: boolean; withGroup?: boolean; named?: readonly string[] } = {},
): Promise<Things> {
  const pair = await talkingPair(baseURL);
  const { ada, ben, conversationId } = pair;
  const make = (field: string, task: () => Promise<string>) => (named === undefined || named.includes(field) ? task() : nothing);
  const [stranger, { id: messageId }] = await Promise.all([signUp(baseURL, { name: 'Eve' }), say(ada, conversationId, 'Between us')]);
  const sessionId = await make('sessionId', () => otherDevice(baseURL, ada));
  const notificationId = await make('notificationId', () => lastTold(ada));
  const requestId = await make('requestId', () => askForFriendship(ada, ben));
  const reportId = await make('reportId', async () => (await ada.do<OwnReport>('reports.report', { userId: ben.id, category: 'spam' })).id);
  const asGroup = { name: 'The two of them', userIds: [ben.id] };
  const groupId = withGroup ? (await ada.do<Conversation>('groups.create', asGroup)).id : undefined;
  const photoId = await make('photoId', async () => (await ada.do<Photo>('profiles.uploadPhoto')).id);
  return {
    ...pair,
    groupId,
    messageId,
    sessionId,
    notificationId,
    requestId,
    reportId,
    photoId,
    uploadId: '019bc12f-5d80-7e24-b6c9-70f1a83e5d42',
    stranger,
    callId: withCall ? (await ring(ada, ben)).id : undefined,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function filled(name: string, example: Fields, things: Things, by: Someone, toward: Someone): Fields {
  const own: Readonly<Record<string, unknown>> = {
    email: `${randomUUID()}@people.example`,
    refreshToken: by.refreshToken,
    token: by.token,
    clientId: randomUUID(),
    replyTo: things.messageId,
    q: 'writes',
    items:
      name === 'encryption.sign'
        ? [{ userId: by.id, keyName: deviceOf(by), signed: keysOf(by).signed }]
        : [{ conversationId: things.conversationId, seq: 1 }],
    ...keysOf(by),
    since: 0,
    currentPassword: password,
    newPassword: password,
    photoIds: [things.photoId],
    messageIds: [things.messageId],
    userIds: [toward.id],
    evidence: { messageIds: [things.messageId], ...(things.callId === undefined ? {} : { callId: things.callId }) },
  };
  return Object.fromEntries(
    Object.entries(example).map(([field, value]) => {
      if (field === 'conversationId' && name.startsWith('groups.')) return [field, things.groupId ?? things.conversationId];
      // What this sends is another thing.
      if (name === 'encryption.sendEnvelopes') return [field, value];
      if (isOwnedId(field)) return [field, things[field]];
      if (isPersonId(field)) return [field, toward.id];
      return [field, own[field] ?? value];
    }),
  );
}

/** What someone sends to the endpoint who means it well: its example, about these things. */
export function inputFor(id: EndpointId, things: Things, by: Someone, toward: Someone): Fields {
  return filled(id, exampleInput(id) as Fields, things, by, toward);
}

export function signalFor(name: SignalName, things: Things, by: Someone, toward: Someone): Fields {
  return filled(name, exampleSignal(name) as Fields, things, by, toward);
}
