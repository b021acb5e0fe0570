// A job that is run twice, as happens where a process dies before it has said that the job is done.
import { erasureDays } from '@app/contracts';
import { eq, getTableName, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type JobName,
  memoryMedia,
  notify,
  outsideLeaseSeconds,
  type Ports,
  type TakenJob,
  tableJobs,
  tables,
  webCryptoVault,
} from '../src';
import { rows } from '../src/db/database';
import { setAccountStatus } from '../src/users/moderate';
import { encryptFile, envelope, fileKey, giveKeys } from './made-up-keys';
import { png } from './pictures';
import { createWorld, type Device, type World } from './world';

const long = { sessionSeconds: 1e9, accessTokenSeconds: 1e9 };
const daySeconds = 86_400;

async function prove(world: World, { userId }: Device, phone: string): Promise<void> {
  const phoneSealed = await world.ports.vault.seal('users.phone', phone);
  const proven = { emailVerifiedAt: world.clock.now, phoneSealed, phoneVerifiedAt: world.clock.now };
  await world.database.db.update(tables.users).set(proven).where(eq(tables.users.id, userId));
}

describe('every job', () => {
  /** What jobs do inside happens once, in the transaction that ends them. Were one run again all the same, it would add here. */
  const wouldAdd: Readonly<Partial<Record<JobName, readonly string[]>>> = {
    // The same warning once more.
    'matches.warn': ['sync_heads', 'sync_log'],
    // How it stands between the two, as it was told before.
    'accounts.tellWriters': ['sync_heads', 'sync_log'],
    // A mail with a new link, in place of the one before.
    'auth.mailReset': ['one_time_codes', 'sent'],
  };

  const queue = tableJobs();
  const taken: TakenJob[] = [];
  let room = 0;
  const sent: unknown[] = [];
  const files = memoryMedia('https://media.test');
  const stored = new Set<string>();
  let vault = webCryptoVault({ sealing: ['the first secret of thirty-two letters'], lookup: 'what things are found by' });
  const receipts = new Map<string, { status: 'dead' }>();
  const keep = (what: string) => async (message: object) => {
    sent.push({ what, ...message });
    return { id: null };
  };
  const ports: Partial<Ports> = {
    jobs: {
      ...queue,
      async take(...given) {
        if (room === 0) return undefined;
        const job = await queue.take(...given);
        if (job === undefined) return undefined;
        room -= 1;
        taken.push(job);
        return job;
      },
    },
    vault: {
      seal: (...given) => vault.seal(...given),
      open: (...given) => vault.open(...given),
      lookup: (...given) => vault.lookup(...given),
      get newest() {
        return vault.newest;
      },
    },
    media: {
      ...files,
      async put(key, ...rest) {
        stored.add(key);
        await files.put(key, ...rest);
      },
      async copy(from, to) {
        stored.add(to);
        return files.copy(from, to);
      },
      async remove(keys) {
        for (const key of keys) stored.delete(key);
        await files.remove(keys);
      },
    },
    mail: { send: async (mail) => void (await keep('mail')(mail)) },
    sms: { send: keep('sms') },
    whatsApp: { sendCode: keep('whatsapp') },
    push: {
      async send(messages) {
        sent.push(...messages);
        return messages.map(({ token }) => ({ status: 'sent', ticket: `ticket of ${token}` }));
      },
      receipts: async (tickets) => new Map([...receipts].filter(([ticket]) => tickets.includes(ticket))),
    },
  };

  let world: World;
  beforeAll(async () => {
    world = await createWorld({ settings: { ...long, matchExpiryHours: 24 }, ports });
  });
  afterAll(() => world.close());

  const names = Object.values(tables)
    .map((table) => getTableName(table))
    .filter((name) => name !== 'jobs');
  /** Everything that is kept and everything that was sent, so that what differs can be named. */
  async function standing(): Promise<Record<string, string>> {
    const parts = names.map((name) => {
      const table = sql.identifier(name);
      return sql`select ${name}::text as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${table} t`;
    });
    const found = await rows<{ name: string; hash: string }>(world.database.db, sql.join(parts, sql` union all `));
    const hashes = found.map(({ name, hash }) => [name, hash]);
    return { ...Object.fromEntries(hashes), sent: String(sent.length), files: [...stored].sort().join() };
  }
  const changed = (before: Record<string, string>, after: Record<string, string>) =>
    Object.keys(before).filter((name) => before[name] !== after[name]);

  const did = new Set<JobName>();
  const added = new Map<JobName, Set<string>>();
  const run = () => world.platform.jobs.runDue();

  /** Does what is due, job by job, and then each of them once more. */
  async function doTwice(): Promise<void> {
    const first = taken.length;
    for (let before = await standing(); ; ) {
      room = 1;
      const count = taken.length;
      await run();
      const job = taken[count];
      if (job === undefined) break;
      const after = await standing();
      if (changed(before, after).length > 0) did.add(job.name);
      before = after;
    }
    for (const { name, payload } of taken.slice(first)) {
      const before = await standing();
      await world.platform.work.transact((unit) =>
        queue.insert(unit.db, [{ id: unit.newId(), name, payload: JSON.stringify(payload), runAt: unit.now }]),
      );
      room = 1000;
      await run();
      room = 0;
      const more = changed(before, await standing());
      if (more.length > 0) added.set(name, new Set([...(added.get(name) ?? []), ...more]));
    }
  }

  it('leaves behind the same, run once more after it was done', { timeout: 120_000 }, async () => {
    const { platform, clock, database } = world;
    const enqueue = (act: Parameters<typeof platform.work.transact>[0]) => platform.work.transact(act);
    const [ada, ben, mona] = [await world.join('Ada'), await world.join('Ben'), await world.join('Mona')];
    await world.setStanding(mona, { role: 'moderator' });
    for (const [nth, person] of [ada, ben].entries()) {
      await prove(world, person, `+35191234567${nth}`);
      await person.call('users.addPushToken', { token: `ExponentPushToken[${nth}]`, provider: 'expo', platform: 'ios' });
    }
    await ada.call('users.updatePreferences', { notifications: { sms: true, categories: { security: { sms: true } } } });
    // Codes and links.
    await world.send({ endpoint: 'auth.sendOtp', input: { to: '+351912000001', channel: 'whatsapp' } });
    await world.send({ endpoint: 'auth.sendOtp', input: { to: '+351912000002', channel: 'sms' } });
    await world.send({ endpoint: 'auth.forgotPassword', input: { email: ada.email } });
    await doTwice();
    expect(new Set(sent.map((one) => (one as { what?: string }).what))).toEqual(new Set(['mail', 'whatsapp', 'sms']));

    // People with each other, and what they are told of it by every channel.
    await world.match(ada, ben);
    const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
    await enqueue((unit) => notify(unit, { userId: ada.userId, kind: 'password_changed', data: { device: 'Firefox' } }));
    await doTwice();
    clock.pass(0.75 * daySeconds);
    await doTwice();
    await ada.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Hello' });
    await world.match(ada, mona);
    receipts.set('ticket of ExponentPushToken[1]', { status: 'dead' });
    clock.pass(daySeconds);
    await doTwice();

    // Calls that come to nothing.
    await ada.call('calls.start', { calleeId: ben.userId, type: 'audio', provider: 'webrtc' });
    clock.pass(60);
    await doTwice();
    const { id: callId } = await ada.call('calls.start', { calleeId: ben.userId, type: 'audio', provider: 'webrtc' });
    await ben.call('calls.accept', { callId });
    clock.pass(60);
    await enqueue((unit) => unit.enqueue('calls.abandon', { userId: ben.userId }));
    await doTwice();

    // Photos: rejected, reported and taken away; and files that were left over.
    const [rejected, reported] = [await ben.upload('profiles.uploadPhoto', png()), await ben.upload('profiles.uploadPhoto', png())];
    await ada.call('reports.report', {
      userId: ben.userId,
      category: 'nudity',
      text: '',
      alsoBlock: false,
      evidence: { messageIds: [], opened: [], photoIds: [reported.id] },
    });
    await mona.call('admin.reviewPhoto', { photoId: rejected.id, decision: 'rejected', reason: 'Nobody to be seen.' });
    await doTwice();
    await ben.call('profiles.removePhoto', { photoId: reported.id });
    await world.ports.media.put('uploads/left-over', png(), 'image/png');
    await enqueue((unit) => unit.enqueue('media.remove', { keys: ['uploads/left-over'] }));
    await doTwice();

    // Files that were sent, and taken back; and one that nobody sent.
    const { id: mediaId } = await ada.upload('media.upload', png());
    const { id: messageId } = await ada.call('messages.send', { conversationId, clientId: crypto.randomUUID(), mediaId });
    await ben.call('reports.report', {
      userId: ada.userId,
      category: 'nudity',
      text: '',
      alsoBlock: false,
      evidence: { messageIds: [messageId], opened: [], photoIds: [] },
    });
    await ada.call('messages.delete', { messageId });
    await doTwice();
    const cleo = await world.join('Cleo');
    await world.match(ada, cleo);
    await giveKeys(ada, cleo);
    const secret = await ada.call('conversations.openDirect', { userId: cleo.userId });
    await ada.call('encryption.start', { conversationId: secret.id });
    const sealed = await ada.upload('media.upload', encryptFile(png()), { as: 'encrypted' });
    const hidden = { conversationId: secret.id, clientId: crypto.randomUUID(), mediaId: sealed.id, envelope: envelope() };
    const { id: hiddenId } = await ada.call('messages.send', hidden);
    await cleo.call('reports.report', {
      userId: ada.userId,
      category: 'nudity',
      text: '',
      alsoBlock: false,
      evidence: { messageIds: [hiddenId], opened: [{ messageId: hiddenId, fileKey }], photoIds: [] },
    });
    await doTwice();
    await ada.upload('media.upload', png());

    // Copies of what is kept elsewhere, and seals.
    await database.db.delete(tables.discoveryCards).where(eq(tables.discoveryCards.userId, ben.userId));
    await enqueue((unit) => unit.enqueue('discovery.rebuild', { after: null }));
    vault = webCryptoVault({
      sealing: ['the second secret of thirty-two chars', 'the first secret of thirty-two letters'],
      lookup: 'what things are found by',
    });
    await enqueue((unit) => unit.enqueue('secrets.reseal', {}));
    await doTwice();

    // What is decided about an account, a copy of all that is held about one, and its end.
    await enqueue((unit) => setAccountStatus(unit, ben.userId, { status: 'banned', reason: 'a note', by: mona.userId }));
    await doTwice();
    await ada.call('users.exportMe', {});
    await doTwice();
    await ada.call('users.deleteMe', { password: ada.password });
    await doTwice();
    clock.pass(erasureDays * daySeconds);
    await doTwice();
    await enqueue((unit) => unit.enqueue('maintenance.expire', {}));
    await doTwice();

    expect(
      world.log.filter(({ level }) => level === 'error' || level === 'warn').map(({ fields, message }) => [message, fields.job]),
    ).toEqual([
      // This is what it was enqueued for.
      ['cards of discovery were not in step, they are now', undefined],
    ]);
    const all: Readonly<Record<JobName, true>> = {
      'calls.timeOut': true,
      'calls.abandon': true,
      'matches.warn': true,
      'matches.expire': true,
      'accounts.leave': true,
      'accounts.tellWriters': true,
      'accounts.erase': true,
      'accounts.mailStatus': true,
      'accounts.export': true,
      'discovery.rebuild': true,
      'secrets.reseal': true,
      'maintenance.expire': true,
      'auth.sendCode': true,
      'auth.mailReset': true,
      'photos.sweep': true,
      'photos.hide': true,
      'media.sweep': true,
      'media.hide': true,
      'media.remove': true,
      'reports.copyPhoto': true,
      'reports.copyFile': true,
      'reports.openFile': true,
      'notifications.deliver': true,
      'notifications.askReceipts': true,
    };
    // Each has had something to do.
    expect([...did].sort()).toEqual(Object.keys(all).sort());
    expect(Object.fromEntries([...added].map(([name, places]) => [name, [...places].sort()]))).toEqual(wouldAdd);
  });
});

describe('a process that dies once a provider has taken what it was given, and before that is written down', () => {
  interface Taken {
    readonly what: string;
    /** By which the receiver, or the provider, knows that two are one. */
    readonly key: unknown;
  }
  type Dying = Pick<Ports, 'mail' | 'sms' | 'whatsApp' | 'push'>;

  /** Notes what is sent. `dead`: the process that sent it gets no answer any more. */
  function providers(sent: Taken[], dead: boolean): Dying {
    const answer = <T>(value: T) => (dead ? new Promise<T>(() => undefined) : Promise.resolve(value));
    const take = (what: string, key: unknown) => sent.push({ what, key });
    return {
      mail: {
        send({ id, to, text }) {
          take('mail', { id, to, text });
          return answer(undefined);
        },
      },
      sms: {
        send({ to, text }) {
          take('sms', { to, text });
          return answer({ id: null });
        },
      },
      whatsApp: {
        sendCode({ to, code }) {
          take('whatsapp', { to, code });
          return answer({ id: null });
        },
      },
      push: {
        send(messages) {
          for (const { token, collapseKey, data } of messages) take('push', { token, collapseKey, id: data.notificationId });
          return answer(messages.map(() => ({ status: 'sent' as const, ticket: null })));
        },
        receipts: async () => new Map(),
      },
    };
  }

  let home: World;
  let ada: Device;
  beforeAll(async () => {
    home = await createWorld();
    ada = await home.join('Ada');
    await prove(home, ada, '+351912345678');
    await ada.call('users.addPushToken', { token: 'fcm-token', provider: 'fcm', platform: 'ios' });
    const sms = { sms: true, categories: { security: { sms: true }, friends: { email: true } } };
    await ada.call('users.updatePreferences', { notifications: sms });
    await home.platform.jobs.runDue();
  });
  afterAll(() => home.close());

  const tell = (channel: 'push' | 'email' | 'sms') =>
    home.platform.work.transact((unit) => {
      const sourceId = unit.newId();
      const about = { sourceId, userId: ada.userId, kind: 'password_changed', data: { device: 'Firefox' }, actorId: null } as const;
      const row = { id: sourceId, userId: ada.userId, kind: about.kind, actorId: null, data: about.data, createdAt: unit.now };
      unit.enqueue('notifications.deliver', { ...about, channels: [channel] });
      return unit.db.insert(tables.notifications).values(row);
    });
  const code = (input: object) => home.send({ endpoint: 'auth.sendOtp', input });
  const cases: readonly [string, Taken['what'], () => Promise<unknown>][] = [
    ['a push', 'push', () => tell('push')],
    ['a mail', 'mail', () => tell('email')],
    ['a text message', 'sms', () => tell('sms')],
    ['a code by WhatsApp', 'whatsapp', () => code({ to: '+351912000003', channel: 'whatsapp' })],
    ['a code by SMS', 'sms', () => code({ to: '+351912000004', channel: 'sms' })],
    ['a code by mail', 'mail', () => code({ to: ada.email, channel: 'email' })],
    ['a link by mail', 'mail', () => home.send({ endpoint: 'auth.forgotPassword', input: { email: ada.email } })],
    [
      'a decision by mail',
      'mail',
      () =>
        home.platform.work.transact((unit) => setAccountStatus(unit, ada.userId, { status: 'banned', reason: 'a note', by: ada.userId })),
    ],
  ];

  it.each(cases)('has %s sent once more by another, known as the same, and no third time', async (_name, what, cause) => {
    const sent: Taken[] = [];
    const { database } = home;
    const dying = await createWorld({ database, ports: providers(sent, true) });
    const other = await createWorld({ database, ports: providers(sent, false) });
    await cause();
    // It never comes back from this.
    void dying.platform.jobs.runDue();
    await vi.waitFor(() => expect(sent).toHaveLength(1), { interval: 5, timeout: 10_000 });
    // Until its time is over nobody else takes it.
    other.clock.pass(outsideLeaseSeconds - 1);
    await other.platform.jobs.runDue();
    expect(sent).toHaveLength(1);
    other.clock.pass(1);
    await other.platform.jobs.runDue();
    expect(sent).toEqual([sent[0], sent[0]]);
    expect(sent[0]).toMatchObject({ what });
    expect(JSON.stringify(sent[0])).not.toMatch(/undefined|null/);
    if (what === 'mail') expect(sent[0]?.key).toMatchObject({ id: expect.any(String) });
    other.clock.pass(3600);
    await other.platform.jobs.runDue();
    expect(sent).toHaveLength(2);
    await other.platform.stop();
  });
});
