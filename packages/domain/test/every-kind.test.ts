import {
  type ChannelDefault,
  defaultPreferences,
  exampleOf,
  type NotificationChannel,
  type NotificationKind,
  notificationCategories,
  notificationChannels,
  notificationKinds,
} from '@app/contracts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { notify, type Ports, tables } from '../src';
import type { NotificationChange } from '../src/notifications/preferences';
import { say } from '../src/notifications/texts';
import type { Language } from '../src/notifications/texts/words';
import { createWorld, type Device, type World } from './world';

/**
 * Every kind of the contract by every channel: whoever adds a kind or a channel finds it tried here. Many people, each with
 * settings and a language of their own, are told of all of it at once, and then it is looked at what came to whom.
 */
const kinds = Object.keys(notificationKinds) as NotificationKind[];
const languages = ['en', 'fr', 'de', 'es', 'pt'] as const satisfies readonly Language[];
interface Came {
  readonly to: string;
  readonly way: NotificationChannel;
  /** The words of its kind: title and body. */
  readonly said: string;
  /** Everything that its reader sees. */
  readonly text: string;
  /** What the app reads with a push. */
  readonly data: Readonly<Record<string, string>>;
}
let came: Came[] = [];

/** A mail as it is read: without its tags. */
const readable = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll('&#39;', "'");

const ports: Partial<Ports> = {
  push: {
    async send(messages) {
      came.push(
        ...messages.map(({ token, title, body, data }) => ({
          to: token,
          way: 'push' as const,
          said: `${title}. ${body}`,
          text: `${title} ${body}`,
          data,
        })),
      );
      return messages.map(() => ({ status: 'sent', ticket: null }));
    },
    receipts: async () => new Map(),
  },
  mail: {
    async send({ to, subject, text, html }) {
      const [, body] = text.split('\n\n');
      came.push({ to, way: 'email', said: `${subject}. ${body}`, text: `${subject} ${text} ${readable(html)}`, data: {} });
    },
  },
  sms: {
    async send({ to, text }) {
      came.push({ to, way: 'sms', said: text, text, data: {} });
      return { id: null };
    },
  },
};

let world: World;
let zora: Device;
beforeAll(async () => {
  world = await createWorld({ ports, settings: { publicBaseUrl: 'https://heartline.test' } });
  zora = await world.join('Zora');
});
afterAll(() => world.close());

interface Hearer extends Device {
  readonly language: Language;
  readonly token: string;
  readonly phone: string;
  readonly conversationId: string;
}

let counter = 0;
/** Someone who can be reached in every way, and whom Zora has written to. */
async function reachable(language: Language, notifications: NotificationChange = {}): Promise<Hearer> {
  const device = await world.join('Ada');
  counter += 1;
  const [token, phone] = [`fcm-token-${counter}`, `+3519${String(counter).padStart(8, '0')}`];
  const phoneSealed = await world.ports.vault.seal('users.phone', phone);
  const proven = { emailVerifiedAt: world.clock.now, phoneSealed, phoneVerifiedAt: world.clock.now };
  await world.database.db.update(tables.users).set(proven).where(eq(tables.users.id, device.userId));
  await device.call('users.addPushToken', { token, provider: 'fcm', platform: 'android' });
  await device.call('users.updatePreferences', { app: { language }, notifications });
  await world.match(zora, device);
  const { id: conversationId } = await zora.call('conversations.openDirect', { userId: device.userId });
  await zora.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: secret });
  return Object.assign(device, { language, token, phone, conversationId });
}

const secret = 'what nobody is to read in a push';
const exampleDataOf = (kind: NotificationKind) => exampleOf<object, unknown>(notificationKinds[kind].data, 'output');

function wordsOf(kind: NotificationKind, language: Language): string {
  const { title, body } = say(language, kind, { data: exampleDataOf(kind), name: 'Zora', count: 1, media: null } as never);
  return `${title}. ${body}`;
}

/** About somebody: who is named, or gathered with others. */
const isAboutSomeone = (kind: NotificationKind) => wordsOf(kind, 'en').includes('Zora') || 'gathers' in notificationKinds[kind];

function tellAll({ userId, conversationId }: Hearer): Promise<void> {
  return world.platform.work.transact(async (unit) => {
    for (const kind of kinds) {
      const example = exampleDataOf(kind);
      const data = 'conversationId' in example ? { ...example, conversationId } : 'count' in example ? { ...example, count: 1 } : example;
      const about = isAboutSomeone(kind) ? { actorId: zora.userId } : {};
      await notify(unit, { userId, kind, data, ...about } as never);
    }
  });
}

const run = () => world.platform.jobs.runDue();
/** What was told until now is out, and forgotten. */
async function forgetAll(): Promise<void> {
  await run();
  await world.database.db.delete(tables.notifications);
  came = [];
}

const reached = ({ token, email, phone }: Hearer) => came.filter(({ to }) => [token, email, phone].includes(to));

/** What came to someone by which way, as `push warning`, told by the words of their language. */
function heardBy(person: Hearer): string[] {
  const kindOf = new Map(kinds.map((kind) => [wordsOf(kind, person.language), kind]));
  return reached(person)
    .map(({ way, said }) => `${way} ${kindOf.get(said) ?? `in other words: ${said}`}`)
    .sort();
}

/** The unread ones of their list, of those that were told here. */
async function listOf(person: Hearer): Promise<string[]> {
  const { items } = await person.call('notifications.list', { limit: 50, unread: true });
  return items.map(({ kind }) => kind).sort();
}

/** The switches that there are, each set as it is said. */
function switches(isOn: (channel: NotificationChannel) => boolean): NonNullable<NotificationChange['categories']> {
  const all = Object.entries<Partial<Record<NotificationChannel, ChannelDefault>>>(notificationCategories);
  return Object.fromEntries(
    all.map(([category, channels]) => {
      const own = Object.entries(channels).filter(([, standard]) => standard !== 'always');
      return [category, Object.fromEntries(own.map(([channel]) => [channel, isOn(channel as NotificationChannel)]))];
    }),
  );
}

const wholly = (isOn: boolean) => ({ push: isOn, email: isOn, sms: isOn });
interface Setting {
  readonly name: string;
  readonly chosen: NotificationChange;
  /** The languages in which it is tried: each text by each way is read once in every one. */
  readonly languages: readonly Language[];
  /** Whether a channel that can be switched is wanted. */
  readonly wants: (channel: NotificationChannel, standard: ChannelDefault) => boolean;
}
const settings: readonly Setting[] = [
  {
    name: 'who never touched a switch',
    chosen: {},
    languages: ['fr'],
    wants: (channel, standard) => standard === 'on' && defaultPreferences.notifications[channel],
  },
  ...notificationChannels.map((only) => ({
    name: `who wants everything by ${only} alone`,
    chosen: { ...wholly(true), categories: switches((channel) => channel === only) },
    languages,
    wants: (channel: NotificationChannel) => channel === only,
  })),
  {
    name: 'who has every category off',
    chosen: { ...wholly(true), categories: switches(() => false) },
    languages: ['de'],
    wants: () => false,
  },
  {
    name: 'who has every channel off',
    chosen: { ...wholly(false), categories: switches(() => true) },
    languages: ['pt'],
    wants: () => false,
  },
];

function expectedBy({ wants }: Setting): string[] {
  return kinds
    .flatMap((kind) => {
      const standards: Partial<Record<NotificationChannel, ChannelDefault>> = notificationCategories[notificationKinds[kind].category];
      return notificationChannels.flatMap((channel) => {
        const standard = standards[channel];
        return standard !== undefined && (standard === 'always' || wants(channel, standard)) ? [`${channel} ${kind}`] : [];
      });
    })
    .sort();
}

const listed = kinds.filter((kind) => notificationKinds[kind].listed).sort();
const placeholder = /undefined|null|NaN|\[object|Invalid Date|[{}#$%<>]|https?:\/\/(?!heartline\.test\/notifications\b)/;
/** Words that stand in nearly every English text, and in none of the others. */
const english = /(?<!\p{L})(the|your|you|our|is|are|by)(?!\p{L})/iu;
/** What a moderator has written and what a device is called are as they were written. */
const given = kinds.flatMap((kind) => Object.values(exampleDataOf(kind)).filter((value) => typeof value === 'string'));
const ownWords = (text: string) => given.reduce((left, words) => left.replaceAll(words, ''), text).replaceAll(/https:\S+/g, '');

describe('every kind of notification', () => {
  const everyone: Hearer[] = [];
  beforeAll(async () => {
    for (const language of languages) everyone.push(await reachable(language));
  });

  it.each(settings)('comes to $name by the channels that they want, in their language', async (setting) => {
    const people = everyone.filter(({ language }) => setting.languages.includes(language));
    for (const person of people) {
      // Nobody has touched a switch before the first.
      if ('categories' in setting.chosen) await person.call('users.updatePreferences', { notifications: setting.chosen });
    }
    await forgetAll();
    for (const person of people) await tellAll(person);
    expect(came).toEqual([]);
    await run();
    for (const person of people) {
      const { language } = person;
      expect([language, heardBy(person)]).toEqual([language, expectedBy(setting)]);
      // What stands in the app does not depend on what is sent.
      expect([language, await listOf(person)]).toEqual([language, listed]);
      for (const { text, data } of reached(person)) {
        expect([language, text]).toEqual([language, expect.not.stringMatching(placeholder)]);
        if (language !== 'en') expect([language, ownWords(text)]).toEqual([language, expect.not.stringMatching(english)]);
        expect(JSON.stringify(data)).not.toMatch(/undefined|null|NaN|\[object|:""/);
        expect(text + JSON.stringify(data)).not.toContain(secret);
      }
    }
  });
});

/** Every form that the data of a kind can have, as far as a text can depend on it: each of several words, none, one, many. */
function formsOf(kind: NotificationKind): object[] {
  const forms = [exampleDataOf(kind)];
  for (const [name, field] of Object.entries<z.core.$ZodType>(notificationKinds[kind].data.shape)) {
    const def = field._zod.def as z.core.$ZodTypes['_zod']['def'];
    const values =
      def.type === 'enum' ? Object.values(def.entries) : def.type === 'nullable' ? [null] : def.type === 'number' ? [1, 2, 5] : [];
    forms.push(...values.flatMap((value) => forms.map((form) => ({ ...form, [name]: value }))));
  }
  return forms;
}

describe('every text of every kind', () => {
  it.each(languages)('is whole in %s, whatever it tells of', (language) => {
    let texts = 0;
    for (const kind of kinds) {
      for (const data of formsOf(kind)) {
        for (const count of [1, 2, 5]) {
          const { title, body } = say(language, kind, { data, name: 'Zora', count, media: null } as never);
          for (const text of [title, body]) {
            expect([kind, data, text]).toEqual([kind, data, expect.not.stringMatching(placeholder)]);
            if (language !== 'en') expect([kind, data, ownWords(text)]).toEqual([kind, data, expect.not.stringMatching(english)]);
            texts += 1;
          }
        }
      }
    }
    expect(texts).toBeGreaterThan(kinds.length * 6);
  });
});

describe('no kind of notification', () => {
  const everything = { ...wholly(true), categories: switches(() => true) };

  it.each(['suspended', 'banned', 'deleted'] as const)('comes by any channel to who is %s, told before or since', async (status) => {
    const person = await reachable('en', everything);
    await forgetAll();
    await tellAll(person);
    await world.setStanding(person, { status });
    await tellAll(person);
    await run();
    expect(heardBy(person)).toEqual([]);
    await world.setStanding(person, { status: 'active' });
    // Only what was told while they were there stands in the list.
    expect(await listOf(person)).toEqual(listed);
  });

  const since = {
    'is suspended': () => world.setStanding(zora, { status: 'suspended' }),
    'is banned': () => world.setStanding(zora, { status: 'banned' }),
    'is deleted': () => world.setStanding(zora, { status: 'deleted' }),
    'was blocked by the hearer': (hearer: Device) => world.block(hearer, zora),
    'has blocked the hearer': (hearer: Device) => world.block(zora, hearer),
  };
  it.each(Object.entries(since))('about someone comes once that one %s; what is about nobody does', async (_since, happens) => {
    const person = await reachable('en', everything);
    await forgetAll();
    expect(kinds.filter(isAboutSomeone).length).toBeGreaterThan(3);
    await tellAll(person);
    await happens(person);
    try {
      await tellAll(person);
      await run();
      const ofNobody = kinds.filter((kind) => !isAboutSomeone(kind));
      const kindsOf = new Set(heardBy(person).map((line) => line.split(' ')[1]));
      expect([...kindsOf].sort()).toEqual([...ofNobody].sort());
      expect(new Set(await listOf(person))).toEqual(new Set(ofNobody.filter((kind) => notificationKinds[kind].listed)));
    } finally {
      await world.setStanding(zora, { status: 'active' });
    }
  });
});
