import type { Api, Events, InputOf, OutputOf, SignalName } from '@app/contracts';
import { eq, inArray, sql } from 'drizzle-orm';
import { startSession } from '../auth/sessions';
import { rows } from '../db/database';
import { syncCard } from '../discovery/cards';
import { putLocation } from '../location/handlers';
import { messages } from '../messages/table';
import { fail } from '../pipeline/failure';
import type { Platform } from '../platform';
import { lastSeen } from '../presence/table';
import { profiles } from '../profiles/table';
import { accountByEmail, createAccount } from '../users/accounts';
import { preferences, users } from '../users/table';
import { demoEmail, demoPassword, detailsOf, personas, staff } from './people';
import { picturesOf, viewOf } from './pictures';
import { voiceMessage } from './voice';

type Groups = { [G in keyof Api]: Api[G] };
type EndpointOf<G extends keyof Groups, N extends keyof Groups[G]> = Groups[G][N];

/** Acts for one person through the pipeline, as their own device would. */
export interface Actor {
  readonly userId: string;
  call<G extends keyof Groups & string, N extends keyof Groups[G] & string>(
    endpoint: `${G}.${N}`,
    input: InputOf<EndpointOf<G, N>>,
  ): Promise<OutputOf<EndpointOf<G, N>>>;
  /** Calls an endpoint that takes a file. */
  upload<G extends keyof Groups & string, N extends keyof Groups[G] & string>(
    endpoint: `${G}.${N}`,
    bytes: Uint8Array,
    input: Omit<InputOf<EndpointOf<G, N>>, 'file'>,
  ): Promise<OutputOf<EndpointOf<G, N>>>;
  /** Sends a signal, as over the socket. */
  emit<S extends SignalName>(signal: S, data: InputOf<Events[S]['signal']>): Promise<void>;
}

const origin = { requestId: 'seed', address: '127.0.0.1', userAgent: 'Heartline demo' };

/** Signs someone in by email, without their password, and answers their hands. For seeds, bots and tests. */
export async function actAs(platform: Platform, email: string): Promise<Actor> {
  const { database, ports } = platform.kernel;
  const account = await accountByEmail({ db: database.db, ports }, email);
  if (account === undefined) throw new Error(`There is nobody with the email ${email}.`);
  const { tokens } = await platform.work.transact((work) => startSession(work, account.id, origin));
  return {
    userId: account.id,
    async call(endpoint, input) {
      const answer = await platform.call({ endpoint, input, origin, way: 'http', token: tokens.accessToken });
      if (!answer.ok) throw new Error(`${endpoint} as ${email}: ${answer.failure.code}`);
      return answer.data as never;
    },
    async upload(endpoint, bytes, input) {
      const receive = async () => ({ size: bytes.length, bytes: async () => bytes });
      const answer = await platform.call({ endpoint, input, origin, way: 'http', token: tokens.accessToken, receive });
      if (!answer.ok) throw new Error(`${endpoint} as ${email}: ${answer.failure.code}`);
      return answer.data as never;
    },
    async emit(event, input) {
      const caller = await platform.authenticate.byToken(tokens.accessToken, origin);
      const answer = await platform.signal({ event, input, origin, caller });
      if (!answer.ok) throw new Error(`${event} as ${email}: ${answer.failure.code}`);
    },
  };
}

/** Whether nobody has an account yet. */
export async function isEmpty(platform: Platform): Promise<boolean> {
  const found = await rows(platform.kernel.database.db, sql`select 1 from ${users} limit 1`);
  return found.length === 0;
}

/** Who likes whom before anybody signs in; those who like each other are matched. */
const likes: readonly (readonly [string, string])[] = [
  ['ada', 'clara'],
  ['clara', 'ada'],
  ['ada', 'diego'],
  ['diego', 'ada'],
  ['ben', 'grace'],
  ['grace', 'ben'],
  ['ben', 'ada'],
  ['hugo', 'ada'],
  ['ines', 'ben'],
  ['lea', 'ben'],
];

const talks: readonly { readonly between: readonly [string, string]; readonly lines: readonly (readonly [string, string])[] }[] = [
  {
    between: ['ada', 'clara'],
    lines: [
      ['clara', 'Your profile says synthesizers. Analog or digital? Choose carefully.'],
      ['ada', 'Analog for the warmth, digital for the rent.'],
      ['clara', 'Correct answer. There is a concert on Friday, all strings and one lonely synth.'],
      ['clara', 'Want to come?'],
    ],
  },
  {
    between: ['ada', 'diego'],
    lines: [
      ['ada', 'Pancakes at odd hours sounds like a plan rather than a bio.'],
      ['diego', 'It is both. My shift ends at six in the morning.'],
    ],
  },
  {
    between: ['ben', 'grace'],
    lines: [
      ['ben', 'What does the cat recommend this week?'],
      ['grace', 'She is sleeping on a Calvino. I take that as a yes.'],
    ],
  },
];

/** What three of them say to each other, and send. `view`: a picture of one. */
const group: {
  readonly name: string;
  readonly by: string;
  readonly others: readonly string[];
  readonly lines: readonly { readonly from: string; readonly text?: string; readonly view?: number; readonly speaks?: true }[];
} = {
  name: 'Friday concert',
  by: 'ada',
  others: ['clara', 'diego'],
  lines: [
    { from: 'ada', text: 'Clara knows a concert, Diego knows where to eat after it. So here we are.' },
    { from: 'clara', view: 1, text: 'What one sees from the balcony there.' },
    { from: 'diego', speaks: true },
    { from: 'clara', text: 'Was that you humming the first movement?' },
  ],
};

/** What waits for the moderators. */
const complaints = [
  { by: 'ben', about: 'hugo', category: 'fake_profile', text: 'The pictures are of a surfer I know, and he is not on here.' },
  { by: 'ines', about: 'jonas', category: 'spam', text: 'Sends everyone the same link to a concert.' },
  { by: 'clara', about: 'jonas', category: 'spam', text: '' },
  { by: 'lea', about: 'farid', category: 'harassment', text: 'Went on writing after I said no.' },
] as const;

/** Makes the demo people with their matches and conversations. Every one of them signs in with `demoPassword`. */
export async function seedDemo(platform: Platform): Promise<void> {
  const passwordHash = await platform.kernel.ports.passwords.hash(demoPassword);
  await platform.work.transact(async (work) => {
    const context = { ...work, caller: undefined, origin, fail };
    for (const [index, person] of personas.entries()) {
      const { displayName, birthDate, gender, city, country, position, bio } = person;
      const userId = await createAccount(context, { email: demoEmail(person.name), passwordHash, displayName, birthDate, gender });
      await work.db.update(users).set({ emailVerifiedAt: work.now }).where(eq(users.id, userId));
      const lastActiveAt = new Date(work.now.getTime() - index * 17 * 60_000);
      await work.db
        .update(profiles)
        .set({ city, bio, interests: [...person.interests], details: detailsOf(index), lastActiveAt })
        .where(eq(profiles.userId, userId));
      await putLocation(work, userId, 'home', { ...position, city, country });
    }
    for (const { name, displayName, birthDate, gender, role } of staff) {
      const userId = await createAccount(context, { email: demoEmail(name), passwordHash, displayName, birthDate, gender });
      await work.db.update(users).set({ role }).where(eq(users.id, userId));
      await work.db.update(preferences).set({ profileVisibility: 'hidden' }).where(eq(preferences.userId, userId));
      await syncCard(work.db, userId);
    }
  });

  const actors = new Map<string, Actor>();
  const as = async (name: string): Promise<Actor> => {
    const actor = actors.get(name) ?? (await actAs(platform, demoEmail(name)));
    actors.set(name, actor);
    return actor;
  };
  for (const [index, { name, gender }] of personas.entries()) {
    for (const picture of await picturesOf(index, gender)) await (await as(name)).upload('profiles.uploadPhoto', picture, {});
  }
  for (const [from, to] of likes) await (await as(from)).call('swipes.swipe', { userId: (await as(to)).userId, action: 'like' });
  for (const { between, lines } of talks) {
    const [one, other] = [await as(between[0]), await as(between[1])];
    const conversation = await one.call('conversations.openDirect', { userId: other.userId });
    for (const [from, text] of lines) {
      const sent = await (await as(from)).call('messages.send', { conversationId: conversation.id, clientId: crypto.randomUUID(), text });
      await (await as(from)).call('conversations.markRead', { conversationId: conversation.id, seq: sent.seq });
    }
  }
  await talkInGroup(as);
  for (const { by, about, ...report } of complaints) {
    await (await as(by)).call('reports.report', { userId: (await as(about)).userId, ...report, alsoBlock: false });
  }
  await leave(platform);
  // Nobody stays signed in: the first sign-in is the newcomer's own.
  for (const actor of actors.values()) await actor.call('auth.logout', {});
}

/** Nobody is here any more: those who wrote have just left, the others were here when they were last active. */
async function leave(platform: Platform): Promise<void> {
  await platform.work.transact(async ({ db, now }) => {
    const wrote = db.select({ id: messages.senderId }).from(messages);
    const active = db
      .select({
        userId: profiles.userId,
        at: sql`case when ${inArray(profiles.userId, wrote)} then ${now.toISOString()}::timestamptz else ${profiles.lastActiveAt} end`.as(
          'at',
        ),
      })
      .from(profiles)
      .innerJoin(users, eq(users.id, profiles.userId))
      .where(eq(users.role, 'user'));
    await db.insert(lastSeen).select(active);
  });
}

async function talkInGroup(as: (name: string) => Promise<Actor>): Promise<void> {
  const owner = await as(group.by);
  const userIds = await Promise.all(group.others.map(async (name) => (await as(name)).userId));
  const { id: conversationId } = await owner.call('groups.create', { name: group.name, userIds });
  await owner.upload('groups.setPicture', await viewOf(3), { conversationId });
  for (const { from, text, view, speaks } of group.lines) {
    const sender = await as(from);
    const { bytes, waveform } = speaks
      ? voiceMessage()
      : { bytes: view === undefined ? undefined : await viewOf(view), waveform: undefined };
    const file = bytes && (await sender.upload('media.upload', bytes, { waveform }));
    const said = { clientId: crypto.randomUUID(), ...(text !== undefined && { text }), ...(file && { mediaId: file.id }) };
    const { seq } = await sender.call('messages.send', { conversationId, ...said });
    await sender.call('conversations.markRead', { conversationId, seq });
  }
}
