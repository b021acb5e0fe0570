import type { Language } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ports, tables } from '../src';
import { accountJobs } from '../src/users/jobs';
import { type NewStatus, setAccountStatus } from '../src/users/moderate';
import { createWorld, type Device, type World } from './world';

let world: World;
let moderator: Device;
let ada: Device;
let mailFails = false;
let ids: (string | undefined)[] = [];

beforeAll(async () => {
  const outbox: { mail: Ports['mail'] | undefined } = { mail: undefined };
  world = await createWorld({
    ports: {
      mail: {
        async send(mail) {
          if (mailFails) throw new Error('The mail server is away.');
          ids.push(mail.id);
          await outbox.mail?.send(mail);
        },
      },
    },
  });
  outbox.mail = world.outbox.mail;
  moderator = await world.join('Mo');
});
beforeEach(async () => {
  ada = await world.join('Ada');
  await prove();
  await run();
  world.outbox.clear();
  ids = [];
});
afterAll(() => world.close());

const run = () => world.platform.jobs.runDue();
const prove = () => world.database.db.update(tables.users).set({ emailVerifiedAt: world.clock.now }).where(eq(tables.users.id, ada.userId));
const decide = (status: NewStatus['status'], until?: Date) =>
  world.platform.work.transact((work) =>
    setAccountStatus(work, ada.userId, { status, until, reason: 'a note of the staff', by: moderator.userId }),
  );
const mails = () => world.outbox.entries.filter(({ channel, to }) => channel === 'email' && to === ada.email);
const languages = ['en', 'fr', 'de', 'es', 'pt'] as const;
const speak = (language: Language) => ada.call('users.updatePreferences', { app: { language } });
const end = () => new Date('2026-03-05T14:30:00.000Z');

describe('whoever is suspended or banned', () => {
  it('is told of it by mail: what was decided, until when, and how to object; not what the staff noted', async () => {
    await decide('suspended', end());
    expect(mails()).toEqual([]);
    await run();
    const [mail] = mails();
    expect(mail?.subject).toBe('Your account is suspended');
    expect(mail?.text).toContain('March 5, 2026');
    expect(mail?.text).toMatch(/2:30\sPM \(UTC\)/);
    expect(mail?.text).toContain('Answer this mail');
    expect(JSON.stringify(mail)).not.toMatch(/a note of the staff|Mo\b/);
    await decide('banned');
    await run();
    expect(mails().map(({ subject }) => subject)).toEqual(['Your account is closed', 'Your account is suspended']);
    expect(mails()[0]?.text).not.toContain('until');
  });

  it('is told in their language, and the same in no two', async () => {
    const said = new Set<string>();
    for (const language of languages) {
      await speak(language);
      await decide('suspended');
      await run();
      const [mail] = mails();
      expect(mail?.html).toContain(`lang="${language}"`);
      expect(mail?.text).not.toMatch(/undefined|null|Invalid/);
      said.add(mail?.text ?? '');
      await decide('active');
    }
    expect(said.size).toBe(languages.length);
    expect(mails()).toHaveLength(languages.length);
  });

  it('is told once: whether it is decided again, the job runs again, or the mail server was away', async () => {
    mailFails = true;
    await decide('suspended', end());
    await decide('suspended', end());
    await run();
    expect(mails()).toEqual([]);
    mailFails = false;
    world.clock.pass(3600);
    await run();
    expect(mails()).toHaveLength(1);
    const [sourceId = ''] = ids;
    const { kernel, work } = world.platform;
    const outside = { ...work, ports: kernel.ports, settings: kernel.settings, log: kernel.log, now: kernel.now };
    const again = { decisionId: sourceId, userId: ada.userId, status: 'suspended', until: end().toISOString() } as const;
    await accountJobs['accounts.mailStatus'](outside, again);
    expect(mails()).toHaveLength(1);
  });

  it.each([
    ['was taken back', () => decide('active')],
    ['was made another, which has its own', () => decide('suspended')],
    ['is over', async () => world.clock.pass(120 * 86_400)],
  ])('is not told of what %s before it was sent', async (_, change) => {
    await decide('suspended', new Date(world.clock.now.getTime() + 86_400_000));
    await change();
    await run();
    expect(mails().filter(({ text }) => text.includes('ends by itself'))).toEqual([]);
  });

  it('is told nothing at an address that nobody has proven, and nothing of a deletion of their own', async () => {
    await world.database.db.update(tables.users).set({ emailVerifiedAt: null }).where(eq(tables.users.id, ada.userId));
    await decide('banned');
    await run();
    expect(mails()).toEqual([]);
    await decide('active');
    await prove();
    await decide('deleted');
    await run();
    expect(mails()).toEqual([]);
  });
});
