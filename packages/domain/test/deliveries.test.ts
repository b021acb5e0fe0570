import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notify, type Ports, tables } from '../src';
import { png } from './pictures';
import { videoOf, voiceOf } from './recordings';
import { createWorld, type Device, type World } from './world';

type PushMessage = Parameters<Ports['push']['send']>[0][number];
type PushResult = Awaited<ReturnType<Ports['push']['send']>>[number];

/** What the push service was sent, and what it answers: by token, else that it took it. */
const sent: PushMessage[] = [];
const answers = new Map<string, PushResult>();
const receipts = new Map<string, { status: 'delivered' } | { status: 'dead' } | { status: 'refused'; reason: string }>();
const asked: string[][] = [];
let mailFails = false;
/** What happens while the push service makes up its mind. */
let meanwhile: (() => Promise<unknown>) | undefined;

let world: World;
beforeAll(async () => {
  const outbox: { mail: Ports['mail'] | undefined } = { mail: undefined };
  world = await createWorld({
    ports: {
      push: {
        async send(messages) {
          sent.push(...messages);
          await meanwhile?.();
          return messages.map(({ token }) => answers.get(token) ?? { status: 'sent', ticket: null });
        },
        async receipts(tickets) {
          asked.push([...tickets]);
          return new Map([...receipts].filter(([ticket]) => tickets.includes(ticket)));
        },
      },
      mail: {
        async send(mail) {
          // What a new account is sent is told elsewhere.
          if (mail.subject === 'Confirm your email address') return;
          if (mailFails) throw new Error('The mail server is away.');
          await outbox.mail?.send(mail);
        },
      },
    },
  });
  outbox.mail = world.outbox.mail;
});
beforeEach(async () => {
  await world.platform.jobs.runDue();
  sent.length = 0;
  asked.length = 0;
  answers.clear();
  receipts.clear();
  world.outbox.clear();
  world.log.length = 0;
  mailFails = false;
  meanwhile = undefined;
});
afterAll(() => world.close());

let counter = 0;
async function withPhone(name: string, provider: 'fcm' | 'expo' = 'fcm'): Promise<Device & { token: string }> {
  const device = await world.join(name);
  await world.database.db.update(tables.users).set({ emailVerifiedAt: world.clock.now }).where(eq(tables.users.id, device.userId));
  counter += 1;
  const token = provider === 'fcm' ? `fcm-token-${counter}` : `ExponentPushToken[${counter}]`;
  await device.call('users.addPushToken', { token, provider, platform: 'android' });
  return Object.assign(device, { token });
}

const changedPassword = (person: Device) =>
  world.platform.work.transact((unit) =>
    notify(unit, { userId: person.userId, kind: 'password_changed', data: { device: 'Firefox <b>' } }),
  );
const requestedBy = (person: Device, actor: Device) =>
  world.platform.work.transact((unit) =>
    notify(unit, { userId: person.userId, kind: 'friend_requested', data: {}, actorId: actor.userId }),
  );
const run = () => world.platform.jobs.runDue();
const tokensOf = async (person: Device) =>
  (await world.database.db.select().from(tables.pushTokens)).filter(({ userId }) => userId === person.userId).map(({ token }) => token);
const deliveriesOf = async (person: Device) =>
  (await world.database.db.select().from(tables.deliveries)).filter(({ userId }) => userId === person.userId);

/** Sends a file with words that nobody is to read in a push. */
async function sendFile(by: Device, conversationId: string, bytes: Uint8Array): Promise<void> {
  const { id: mediaId } = await by.upload('media.upload', bytes);
  await by.call('messages.send', { conversationId, clientId: crypto.randomUUID(), mediaId, text: 'a secret' });
}

async function talkingTo(person: Device, other: Device) {
  await world.match(other, person);
  const { id: conversationId } = await other.call('conversations.openDirect', { userId: person.userId });
  await run();
  sent.length = 0;
  const say = (text: string) => other.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text });
  return { conversationId, say };
}

describe('what someone is told', () => {
  it('goes to their phone and their mail, in their language, after the commit', async () => {
    const ada = await withPhone('Ada');
    await ada.call('users.updatePreferences', { app: { language: 'fr' } });
    await changedPassword(ada);
    expect(sent).toEqual([]);
    await run();
    expect(sent).toMatchObject([{ token: ada.token, provider: 'fcm', title: 'Ton mot de passe a été changé', badge: 1 }]);
    const [mail] = world.outbox.entries;
    expect(mail).toMatchObject({ channel: 'email', to: ada.email, subject: 'Ton mot de passe a été changé' });
    expect(mail?.html).toContain('Firefox &lt;b&gt;');
    expect(mail?.html).toContain('lang="fr"');
    expect(mail?.text).toContain('Firefox <b>');
  });

  it('says where a tap leads, and none of the words that people wrote', async () => {
    const [ada, ben] = [await withPhone('Ada'), await world.join('Ben')];
    const matchId = await world.match(ben, ada);
    await run();
    const [first] = await ada.call('notifications.list', { limit: 20, unread: false }).then(({ items }) => items);
    expect(sent.filter(({ data }) => data.kind === 'like_received')).toHaveLength(1);
    await world.match(ada, await world.join('Cem'));
    expect(first?.kind).toBe('like_received');
    expect(matchId).toEqual(expect.any(String));
    const { say } = await talkingTo(ada, ben);
    await say('my secret').catch(() => undefined);
    await run();
    expect(JSON.stringify(sent)).not.toContain('my secret');
  });

  it('comes only by what they want, but for what is always sent', async () => {
    const [ada, ben] = [await withPhone('Ada'), await world.join('Ben')];
    await ada.call('users.updatePreferences', { notifications: { categories: { friends: { push: false, email: true } } } });
    await requestedBy(ada, ben);
    await run();
    expect(sent).toEqual([]);
    expect(world.outbox.entries).toMatchObject([{ channel: 'email', text: expect.stringContaining('Ben') }]);
    await ada.call('users.updatePreferences', { notifications: { push: false, email: false } });
    await requestedBy(ada, ben);
    await changedPassword(ada);
    await run();
    expect(sent).toHaveLength(1);
    expect(world.outbox.entries).toHaveLength(2);
  });

  it('of their report can be switched off, and what was decided about themselves is mailed all the same', async () => {
    const [ada, ben] = [await withPhone('Ada'), await withPhone('Ben')];
    const mona = await world.join('Mona');
    await world.setStanding(mona, { role: 'moderator' });
    const resolved = async () => {
      const report = { userId: ben.userId, category: 'threats', text: '', alsoBlock: false } as const;
      const { id: reportId } = await ada.call('reports.report', report);
      const decision = { outcome: 'warned', warning: 'Be kind.', note: 'seen', alsoOthers: false } as const;
      await mona.call('admin.resolveReport', { reportId, ...decision });
      await run();
      const mailed = world.outbox.entries.map(({ to }) => to);
      world.outbox.clear();
      return { pushed: sent.splice(0).map(({ token }) => token), mailed };
    };
    const both = await resolved();
    expect(both.pushed.sort()).toEqual([ada.token, ben.token].sort());
    expect(both.mailed.sort()).toEqual([ada.email, ben.email].sort());
    const off = { push: false, email: false };
    await ada.call('users.updatePreferences', { notifications: { categories: { reports: off } } });
    await ben.call('users.updatePreferences', { notifications: off });
    expect(await resolved()).toEqual({ pushed: [], mailed: [ben.email] });
    // The list of their reports says it all the same.
    expect((await ada.call('reports.mine', { limit: 20 })).items).toMatchObject([{ verdict: 'acted' }, { verdict: 'acted' }]);
  });

  it('is not mailed to an address that nobody has shown to be theirs, but for who gets into the account', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    await ada.call('users.updatePreferences', { notifications: { categories: { friends: { email: true } } } });
    await requestedBy(ada, ben);
    await changedPassword(ada);
    await run();
    expect(world.outbox.entries.map(({ subject }) => subject)).toEqual(['Your password was changed']);
  });

  it('is sent to a phone that is theirs, where they want that', async () => {
    const ada = await world.join('Ada');
    const phone = '+351912345678';
    const phoneSealed = await world.ports.vault.seal('users.phone', phone);
    await world.database.db
      .update(tables.users)
      .set({ phoneSealed, phoneVerifiedAt: world.clock.now })
      .where(eq(tables.users.id, ada.userId));
    await changedPassword(ada);
    await run();
    expect(world.outbox.entries.map(({ channel }) => channel)).toEqual(['email']);
    await ada.call('users.updatePreferences', { notifications: { sms: true, categories: { security: { sms: true } } } });
    await changedPassword(ada);
    await run();
    expect(world.outbox.entries).toContainEqual(expect.objectContaining({ channel: 'sms', to: phone }));
  });

  it('is not sent any more once it was read, or whom it is about is gone', async () => {
    const [ada, ben, cem] = [await withPhone('Ada'), await world.join('Ben'), await world.join('Cem')];
    await requestedBy(ada, ben);
    await ada.call('notifications.markAllRead', {});
    await requestedBy(ada, cem);
    await world.block(ada, cem);
    await run();
    expect(sent).toEqual([]);
  });

  it.each(['suspended', 'banned', 'deleted'] as const)('is not sent any more, by any way, to who has been %s since', async (status) => {
    const [ada, ben] = [await withPhone('Ada'), await world.join('Ben')];
    const { say: write } = await talkingTo(ada, ben);
    const phone = `+3519${String(++counter).padStart(8, '0')}`;
    const sealed = await world.ports.vault.seal('users.phone', phone);
    await world.database.db
      .update(tables.users)
      .set({ phoneSealed: sealed, phoneVerifiedAt: world.clock.now })
      .where(eq(tables.users.id, ada.userId));
    await changedPassword(ada);
    await requestedBy(ada, ben);
    await write('Hello');
    await world.setStanding(ada, { status });
    await run();
    expect(sent).toEqual([]);
    expect(world.outbox.entries).toEqual([]);
  });

  it('waits for the end of quiet hours, but for what is always sent', async () => {
    const [ada, ben] = [await withPhone('Ada'), await world.join('Ben')];
    const minute = (at: Date) => at.toISOString().slice(11, 16);
    const now = world.clock.now.getTime();
    const quietHours = { from: minute(new Date(now - 3_600_000)), to: minute(new Date(now + 3_600_000)), timeZone: 'UTC' };
    await ada.call('users.updatePreferences', { notifications: { quietHours } });
    await requestedBy(ada, ben);
    await changedPassword(ada);
    await run();
    expect(sent.map(({ data }) => data.kind)).toEqual(['password_changed']);
    world.clock.pass(3_600);
    await run();
    expect(sent.map(({ data }) => data.kind)).toEqual(['password_changed', 'friend_requested']);
  });
});

describe('a message', () => {
  it('is pushed to whoever is not connected, with how many are unread, and as one', async () => {
    const [ada, ben] = [await withPhone('Ada'), await world.join('Ben')];
    const { say, conversationId } = await talkingTo(ada, ben);
    await say('one');
    await run();
    await say('two');
    await run();
    expect(sent).toMatchObject([
      { title: 'Ben', body: 'Sent you a message', collapseKey: conversationId, data: { conversationId } },
      { title: 'Ben', body: '2 new messages', collapseKey: conversationId },
    ]);
    expect((await ada.call('notifications.list', { limit: 20, unread: false })).items.map(({ kind }) => kind)).not.toContain(
      'message_received',
    );
  });

  it('says what was sent where that is all there is to read, and never what its sender wrote with it', async () => {
    const [ada, ben] = [await withPhone('Ada'), await world.join('Ben')];
    const { say, conversationId } = await talkingTo(ada, ben);
    const read = async () => {
      const { lastMessage } = await ada.call('conversations.get', { conversationId });
      await ada.call('conversations.markRead', { conversationId, seq: lastMessage?.seq ?? 0 });
    };
    for (const [bytes, language] of [
      [png(), 'en'],
      [await videoOf('webm'), 'fr'],
      [await voiceOf(), 'de'],
    ] as const) {
      await ada.call('users.updatePreferences', { app: { language } });
      await sendFile(ben, conversationId, bytes);
      await run();
      await read();
    }
    await sendFile(ben, conversationId, png());
    await run();
    await say('and words');
    await run();
    expect(sent.map(({ title, body }) => [title, body])).toEqual([
      ['Ben', 'Photo'],
      ['Ben', 'Vidéo'],
      ['Ben', 'Sprachnachricht'],
      ['Ben', 'Foto'],
      ['Ben', '2 neue Nachrichten'],
    ]);
  });

  it('is not pushed to whoever is connected, or has read it by then', async () => {
    const [ada, ben] = [await withPhone('Ada'), await world.join('Ben')];
    const { say, conversationId } = await talkingTo(ada, ben);
    const { seq } = await say('read before the push');
    await ada.call('conversations.markRead', { conversationId, seq });
    await run();
    await ada.connect();
    await world.platform.settled();
    await say('heard at once');
    expect(await run()).toBe(0);
    expect(sent).toEqual([]);
    await world.unplug();
  });
});

describe('a push service', () => {
  it('that asks to wait is asked again for what it did not take, and for nothing else', async () => {
    const ada = await withPhone('Ada');
    const tablet = await world.signIn(ada);
    await tablet.call('users.addPushToken', { token: `${ada.token}-tablet`, provider: 'fcm', platform: 'ios' });
    answers.set(ada.token, { status: 'later', reason: 'too many', retryAfterSeconds: 30 });
    await changedPassword(ada);
    await run();
    expect(sent.map(({ token }) => token).sort()).toEqual([ada.token, `${ada.token}-tablet`]);
    answers.clear();
    world.clock.pass(29);
    await run();
    expect(sent).toHaveLength(2);
    world.clock.pass(1);
    await run();
    expect(sent.slice(2).map(({ token }) => token)).toEqual([ada.token]);
    expect(world.outbox.entries).toHaveLength(1);
    expect((await deliveriesOf(ada)).map(({ channel, target, status, attempts }) => [channel, target, status, attempts]).sort()).toEqual([
      ['email', '', 'sent', 1],
      ['push', ada.token, 'sent', 2],
      ['push', `${ada.token}-tablet`, 'sent', 1],
    ]);
  });

  it('that knows a token no more has it forgotten', async () => {
    const ada = await withPhone('Ada');
    answers.set(ada.token, { status: 'dead' });
    await changedPassword(ada);
    await run();
    expect(await tokensOf(ada)).toEqual([]);
    expect(await deliveriesOf(ada)).toContainEqual(expect.objectContaining({ target: ada.token, status: 'dead' }));
  });

  it('tells later what became of a push: dead tokens are forgotten then, too', async () => {
    const ada = await withPhone('Ada', 'expo');
    const ben = await withPhone('Ben', 'expo');
    const cem = await withPhone('Cem', 'expo');
    for (const person of [ada, ben, cem]) {
      answers.set(person.token, { status: 'sent', ticket: `ticket of ${person.token}` });
      await changedPassword(person);
    }
    await run();
    receipts.set(`ticket of ${ada.token}`, { status: 'delivered' });
    receipts.set(`ticket of ${ben.token}`, { status: 'dead' });
    world.clock.pass(31 * 60);
    await run();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toHaveLength(3);
    expect(await tokensOf(ada)).toEqual([ada.token]);
    expect(await tokensOf(ben)).toEqual([]);
    expect((await deliveriesOf(ada)).find(({ channel }) => channel === 'push')?.status).toBe('delivered');
    // One without a receipt is asked for again.
    world.clock.pass(31 * 60);
    await run();
    expect(asked[1]).toEqual([`ticket of ${cem.token}`]);
    world.clock.pass(24 * 3600);
    await run();
    world.clock.pass(3600);
    await run();
    expect((await deliveriesOf(cem)).find(({ channel }) => channel === 'push')).toMatchObject({ status: 'sent', ticket: null });
  });
});

describe('a mail server that is away', () => {
  it('holds up no push, and gets the mail when it is back, once', async () => {
    const ada = await withPhone('Ada');
    mailFails = true;
    await changedPassword(ada);
    await run();
    expect(sent).toHaveLength(1);
    mailFails = false;
    world.clock.pass(2);
    await run();
    world.clock.pass(600);
    await run();
    expect(sent).toHaveLength(1);
    expect(world.outbox.entries).toHaveLength(1);
  });
});

describe('a push token', () => {
  it('belongs to whoever gave it last', async () => {
    const [ada, ben] = [await withPhone('Ada'), await world.join('Ben')];
    await ben.call('users.addPushToken', { token: ada.token, provider: 'fcm', platform: 'ios' });
    expect([await tokensOf(ada), await tokensOf(ben)]).toEqual([[], [ada.token]]);
    await ada.call('users.removePushToken', {});
    expect(await tokensOf(ben)).toEqual([ada.token]);
    await ben.call('users.removePushToken', {});
    expect(await tokensOf(ben)).toEqual([]);
  });

  it('takes the place of the one that the device had before', async () => {
    const ada = await withPhone('Ada');
    await ada.call('users.addPushToken', { token: `${ada.token}-new`, provider: 'fcm', platform: 'android' });
    await ada.call('users.addPushToken', { token: `ExponentPushToken[${ada.token}]`, provider: 'expo', platform: 'android' });
    expect((await tokensOf(ada)).sort()).toEqual([`ExponentPushToken[${ada.token}]`, `${ada.token}-new`]);
  });

  it('goes when the device is signed out', async () => {
    const ada = await withPhone('Ada');
    const other = await world.signIn(ada);
    await other.call('users.addPushToken', { token: `${ada.token}-other`, provider: 'fcm', platform: 'web' });
    await ada.call('auth.logout', {});
    expect(await tokensOf(ada)).toEqual([`${ada.token}-other`]);
  });

  it.each([
    ['of Expo that is none', { token: 'cQw8vN3xR1yT', provider: 'expo' as const }],
    ['of Expo given as one of FCM', { token: 'ExponentPushToken[abc]', provider: 'fcm' as const }],
    ['with a space in it', { token: 'two words', provider: 'fcm' as const }],
  ])('%s is refused', async (_what, given) => {
    const ada = await world.join('Ada');
    expect(await ada.refusal('users.addPushToken', { ...given, platform: 'ios' })).toMatchObject({ code: 'PUSH_TOKEN_INVALID' });
    expect(await tokensOf(ada)).toEqual([]);
  });
});

describe('a push token that was given anew before it is told that it was dead', () => {
  const ways = [
    ['by FCM, at once', 'fcm', 'answer'],
    ['by Expo, at once', 'expo', 'answer'],
    ['by Expo, in the receipt', 'expo', 'receipt'],
  ] as const;
  const givers = ['somebody else', 'the same person', 'the same person on another device'] as const;

  it.each(ways.flatMap((way) => givers.map((giver) => [...way, giver] as const)))(
    '%s: it stays (%s, %s, %s)',
    async (_way, provider, told, giver) => {
      const ada = await withPhone('Ada', provider);
      const owner = giver === 'somebody else' ? await world.join('Ben') : giver === 'the same person' ? ada : await world.signIn(ada);
      const giveAnew = async () => {
        world.clock.pass(1);
        await owner.call('users.addPushToken', { token: ada.token, provider, platform: 'ios' });
      };
      if (told === 'answer') {
        answers.set(ada.token, { status: 'dead' });
        meanwhile = giveAnew;
        await changedPassword(ada);
        await run();
        meanwhile = undefined;
      } else {
        const ticket = `ticket of ${ada.token}`;
        answers.set(ada.token, { status: 'sent', ticket });
        await changedPassword(ada);
        await run();
        await giveAnew();
        receipts.set(ticket, { status: 'dead' });
        world.clock.pass(31 * 60);
        await run();
      }
      expect(sent).toHaveLength(1);
      expect(await deliveriesOf(ada)).toContainEqual(expect.objectContaining({ target: ada.token, status: 'dead' }));
      expect(await tokensOf(owner)).toEqual([ada.token]);
      // What comes next gets there. Told of that one that it is dead, the token goes.
      answers.set(ada.token, { status: 'dead' });
      await changedPassword(owner);
      await run();
      expect(sent.map(({ token }) => token)).toEqual([ada.token, ada.token]);
      expect(await tokensOf(owner)).toEqual([]);
    },
  );
});
