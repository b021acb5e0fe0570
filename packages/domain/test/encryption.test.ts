import { maxOneTimeKeys, maxWaitingEnvelopes, sessionSeconds } from '@app/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deviceKeys, envelope, giveKeys, identityOf, oneTimeKeys, signedBy } from './made-up-keys';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let ben: Device;
let eve: Device;
let matchId: string;
let conversationId: string;

beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  [ada, ben, eve] = [await world.join('Ada'), await world.join('Ben'), await world.join('Eve')];
  matchId = await world.match(ada, ben);
  conversationId = (await ada.call('conversations.openDirect', { userId: ben.userId })).id;
});
afterAll(() => world.close());

async function publish(who: Device): Promise<void> {
  await who.call('encryption.publish', { deviceKeys: deviceKeys(who.userId, who.sessionId) });
}

async function encrypted(): Promise<void> {
  await giveKeys(ada, ben);
  await ada.call('encryption.start', { conversationId });
}

const to = (who: Device) => ({ userId: who.userId, deviceId: who.sessionId });
const post = (from: Device, target: Device, content = '{"a":1}') =>
  from.call('encryption.sendEnvelopes', { type: 'm.room.encrypted', items: [{ ...to(target), content }] });
const waiting = async (who: Device) => (await who.call('encryption.envelopes', { limit: 100 })).items;
const keysOf = async (viewer: Device, who: Device) => (await viewer.call('encryption.people', { userIds: [who.userId] })).items[0];
const toldOfKeys = async (who: Device) =>
  (await world.heard(who)).filter(({ event }) => event === 'encryption:keys_changed').map(({ data }) => data.userId);
const send = (from: Device, what: { text: string } | { envelope: ReturnType<typeof envelope> }, clientId: string = crypto.randomUUID()) =>
  from.call('messages.send', { conversationId, clientId, ...what });

describe('keys of a device', () => {
  it('are those of the session that publishes them, and of no other', async () => {
    const phone = await world.signIn(ada);
    const refused = { code: 'ENCRYPTION_KEYS_INVALID' };
    for (const keys of [
      deviceKeys(ada.userId, phone.sessionId),
      deviceKeys(ben.userId, ada.sessionId),
      '{}',
      'not JSON',
      '[]',
      JSON.stringify({ user_id: `@${ada.userId}:heartline`, device_id: ada.sessionId }),
    ]) {
      expect(await ada.refusal('encryption.publish', { deviceKeys: keys })).toMatchObject(refused);
    }
    expect(await ada.refusal('encryption.publish', { oneTimeKeys: oneTimeKeys('A') })).toMatchObject(refused);
    expect(await ada.call('encryption.status', {})).toMatchObject({ deviceId: ada.sessionId, published: false, oneTimeKeys: 0 });
  });

  it('stay what they are: the same come again, others do not', async () => {
    await publish(ada);
    await publish(ada);
    const others = deviceKeys(ada.userId, ada.sessionId, 'another key');
    expect(await ada.refusal('encryption.publish', { deviceKeys: others })).toMatchObject({ code: 'ENCRYPTION_KEYS_INVALID' });
    expect((await keysOf(ben, ada))?.devices.map(({ keys }) => keys)).toEqual([deviceKeys(ada.userId, ada.sessionId)]);
  });

  it('are for who shares a conversation with them, while they see each other', async () => {
    await giveKeys(ada);
    expect(await keysOf(ben, ada)).toMatchObject({ userId: ada.userId, devices: [{ deviceId: ada.sessionId, name: null }] });
    expect((await keysOf(ada, ada))?.devices[0]?.name).toEqual(expect.any(String));
    expect(await keysOf(eve, ada)).toBeUndefined();
    await world.block(ada, ben);
    expect(await keysOf(ben, ada)).toBeUndefined();
  });

  it('go with the session, as does what waits for it, and partners are told', async () => {
    await encrypted();
    const phone = await world.signIn(ben);
    await publish(phone);
    await post(ada, phone);
    const before = (await toldOfKeys(ada)).length;
    await ben.call('auth.revokeSession', { sessionId: phone.sessionId });
    expect((await keysOf(ada, ben))?.devices.map(({ deviceId }) => deviceId)).toEqual([ben.sessionId]);
    expect((await toldOfKeys(ada)).slice(before)).toEqual([ben.userId]);
    expect(await post(ada, phone)).toEqual({ sent: 0 });
    expect(await toldOfKeys(eve)).toEqual([]);
  });

  it('go with the account', async () => {
    await encrypted();
    await ben.call('users.deleteMe', { password: ben.password });
    expect((await keysOf(ada, ben))?.devices ?? []).toEqual([]);
  });
});

describe('a one-time key', () => {
  it('is handed out once, and when none is left the fallback key is', async () => {
    await giveKeys(ada, ben);
    await ben.call('encryption.publish', { oneTimeKeys: oneTimeKeys('A', 'B'), fallbackKey: oneTimeKeys('F')[0] });
    const claim = async () => (await ada.call('encryption.claim', { devices: [to(ben)] })).items.map(({ name }) => name);
    expect([await claim(), await claim(), await claim(), await claim()].flat()).toEqual(
      ['A', 'B', 'F', 'F'].map((name) => `signed_curve25519:${name}`),
    );
    expect(await ben.call('encryption.status', {})).toMatchObject({ oneTimeKeys: 0, hasFallback: false });
    // What was handed out is not new because it is sent again.
    expect(await ben.call('encryption.publish', { fallbackKey: oneTimeKeys('F')[0] })).toMatchObject({ hasFallback: false });
    expect(await ben.call('encryption.publish', { fallbackKey: oneTimeKeys('G')[0] })).toMatchObject({ hasFallback: true });
  });

  it('is not handed to strangers, nor once the two cannot write to each other', async () => {
    await giveKeys(ada, ben);
    await ben.call('encryption.publish', { oneTimeKeys: oneTimeKeys('A') });
    expect(await eve.call('encryption.claim', { devices: [to(ben)] })).toEqual({ items: [] });
    // Somebody else's device is not theirs because it is called so.
    expect(await ada.call('encryption.claim', { devices: [{ userId: ada.userId, deviceId: ben.sessionId }] })).toEqual({ items: [] });
    await ada.call('matches.unmatch', { matchId });
    expect(await ada.call('encryption.claim', { devices: [to(ben)] })).toEqual({ items: [] });
    expect(await ben.call('encryption.status', {})).toMatchObject({ oneTimeKeys: 1 });
  });

  it('is one of so many at most', async () => {
    await giveKeys(ada);
    for (let batch = 0; batch < maxOneTimeKeys / 100 + 1; batch += 1) {
      await ada.call('encryption.publish', { oneTimeKeys: oneTimeKeys(...Array.from({ length: 100 }, (_, n) => `${batch}-${n}`)) });
    }
    expect(await ada.call('encryption.status', {})).toMatchObject({ oneTimeKeys: maxOneTimeKeys });
  });
});

describe('a device whose session comes to its end', () => {
  it('is gone for those who write to it, who are told', async () => {
    await encrypted();
    await publish(eve);
    world.clock.pass(sessionSeconds + 1);
    await world.platform.work.transact((work) => work.enqueue('maintenance.expire', {}));
    await world.platform.jobs.runDue();
    // What was told before is not kept for so long.
    expect((await toldOfKeys(ada)).sort()).toEqual([ada.userId, ben.userId].sort());
    expect(await toldOfKeys(eve)).toEqual([eve.userId]);
    ben = await world.signIn(ben);
    expect(await keysOf(ben, ada)).toMatchObject({ devices: [], identity: { userSigningKey: null } });
  });
});

describe('an identity', () => {
  it('is made once, and replaced by who names the one before', async () => {
    await giveKeys(ada);
    const next = identityOf(ada.userId, 'another');
    const changed = { code: 'ENCRYPTION_IDENTITY_CHANGED' };
    expect(await ada.refusal('encryption.publishIdentity', { ...next, replaces: null })).toMatchObject(changed);
    expect(await ada.refusal('encryption.publishIdentity', { ...next, replaces: 'a wrong one' })).toMatchObject(changed);
    await ada.call('encryption.publishIdentity', { ...identityOf(ada.userId), replaces: null });
    await ada.call('encryption.publishIdentity', { ...next, replaces: `master of ${ada.userId}` });
    expect((await keysOf(ben, ada))?.identity).toEqual({ ...next, userSigningKey: null });
    expect((await keysOf(ada, ada))?.identity).toEqual(next);
  });

  it('of somebody else cannot be published', async () => {
    expect(await ada.refusal('encryption.publishIdentity', { ...identityOf(ben.userId), replaces: null })).toMatchObject({
      code: 'ENCRYPTION_KEYS_INVALID',
    });
  });

  it('is told to whom one talks with in secret when it changes', async () => {
    await encrypted();
    const before = (await toldOfKeys(ben)).length;
    const next = identityOf(ada.userId, 'another');
    await ada.call('encryption.publishIdentity', { ...next, replaces: `master of ${ada.userId}` });
    expect((await toldOfKeys(ben)).slice(before)).toEqual([ada.userId]);
  });

  it('bears what its person has signed for everyone, and what others have signed for them alone', async () => {
    await giveKeys(ada, ben);
    const phone = await world.signIn(ben);
    await publish(phone);
    const own = signedBy(ben.userId, deviceKeys(ben.userId, phone.sessionId), 'self');
    await ben.call('encryption.sign', { items: [{ userId: ben.userId, keyName: phone.sessionId, signed: own }] });
    const verified = signedBy(ada.userId, identityOf(ben.userId).masterKey, 'people');
    const item = { userId: ben.userId, keyName: `master.of.${ben.userId}`, signed: verified };
    await ada.call('encryption.sign', { items: [item] });

    const signature = (by: Device, name: string) => ({ [`@${by.userId}:heartline`]: { [`ed25519:${name}`]: `signed by ${name}` } });
    const seen = await keysOf(ada, ben);
    const device = seen?.devices.find(({ deviceId }) => deviceId === phone.sessionId);
    expect(JSON.parse(device?.keys ?? '')).toMatchObject({ signatures: signature(ben, 'self') });
    expect(JSON.parse(seen?.identity?.masterKey ?? '')).toMatchObject({ signatures: signature(ada, 'people') });
    expect(JSON.parse((await keysOf(ben, ben))?.identity?.masterKey ?? '')).not.toHaveProperty('signatures');

    // A signature in another one's name, one on a stranger, and one of a key that is not theirs any more.
    const forged = signedBy(ben.userId, identityOf(ben.userId).masterKey, 'people');
    expect(await ada.refusal('encryption.sign', { items: [{ ...item, signed: forged }] })).toMatchObject({
      code: 'ENCRYPTION_KEYS_INVALID',
    });
    await ben.call('encryption.publishIdentity', { ...identityOf(ben.userId, 'another'), replaces: `master of ${ben.userId}` });
    await ada.call('encryption.sign', { items: [item] });
    expect(JSON.parse((await keysOf(ada, ben))?.identity?.masterKey ?? '')).not.toHaveProperty('signatures');
  });
});

describe('an envelope', () => {
  it('waits for its device until that has acknowledged it, page by page, and for no other', async () => {
    await encrypted();
    const phone = await world.signIn(ben);
    await publish(phone);
    for (const content of ['{"n":1}', '{"n":2}', '{"n":3}']) await post(ada, ben, content);
    const first = await ben.call('encryption.envelopes', { limit: 2 });
    const second = await ben.call('encryption.envelopes', { limit: 2, cursor: first.nextCursor ?? undefined });
    expect([...first.items, ...second.items].map(({ content, senderId }) => [content, senderId])).toEqual(
      ['{"n":1}', '{"n":2}', '{"n":3}'].map((content) => [content, ada.userId]),
    );
    expect(second.nextCursor).toBeNull();
    expect(await waiting(phone)).toEqual([]);
    const ids = first.items.map(({ id }) => id);
    await phone.call('encryption.acknowledge', { ids });
    expect(await waiting(ben)).toHaveLength(3);
    await ben.call('encryption.acknowledge', { ids });
    expect((await waiting(ben)).map(({ content }) => content)).toEqual(['{"n":3}']);
  });

  it('is told to who is connected', async () => {
    await encrypted();
    const socket = await ben.connect();
    await post(ada, ben);
    expect(socket.frames).toContainEqual({ event: 'encryption:envelopes', data: { deviceId: ben.sessionId } });
  });

  it('does not reach strangers, the unmatched or the blocked', async () => {
    await encrypted();
    await publish(eve);
    expect(await post(eve, ben)).toEqual({ sent: 0 });
    expect(await post(ada, eve)).toEqual({ sent: 0 });
    await post(ada, ben);
    await world.block(ben, ada);
    expect(await waiting(ben)).toEqual([]);
    expect(await post(ada, ben)).toEqual({ sent: 0 });
  });

  it('of who floods somebody takes the place of their own alone', async () => {
    await encrypted();
    const cleo = await world.join('Cleo');
    await world.match(cleo, ben);
    await cleo.call('conversations.openDirect', { userId: ben.userId });
    await post(cleo, ben, '{"from":"cleo"}');
    for (let n = 0; n <= maxWaitingEnvelopes; n += 100) {
      const items = Array.from({ length: 100 }, (_, i) => ({ ...to(ben), content: JSON.stringify({ n: n + i }) }));
      await ada.call('encryption.sendEnvelopes', { type: 'm.room.encrypted', items });
    }
    const all: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await ben.call('encryption.envelopes', { limit: 100, cursor });
      all.push(...page.items.map(({ content }) => content));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(all).toHaveLength(maxWaitingEnvelopes + 1);
    expect(all[0]).toBe('{"from":"cleo"}');
    expect(all).not.toContain('{"n":0}');
  });
});

describe('a conversation', () => {
  it('is encrypted for both by either, once, with a note, and drafts are forgotten', async () => {
    await giveKeys(ada, ben);
    await ben.call('conversations.saveDraft', { conversationId, text: 'I was thinking' });
    const first = await ada.call('encryption.start', { conversationId });
    expect(first).toMatchObject({
      encryptedAt: world.clock.now.toISOString(),
      lastMessage: { kind: 'system', system: { type: 'encrypted' } },
    });
    world.clock.pass(60);
    expect((await ben.call('encryption.start', { conversationId })).encryptedAt).toBe(first.encryptedAt);
    expect(await ben.call('conversations.get', { conversationId })).toMatchObject({
      encryptedAt: first.encryptedAt,
      draft: null,
      unreadCount: 0,
    });
    expect((await ben.call('messages.history', { conversationId, limit: 10 })).items).toHaveLength(1);
    const heard = (await world.heard(ben)).map(({ event }) => event);
    expect(heard).toEqual(expect.arrayContaining(['message:created', 'conversation:updated', 'draft:changed']));
    expect(await ben.refusal('conversations.saveDraft', { conversationId, text: 'secret' })).toMatchObject({
      code: 'CONVERSATION_ENCRYPTED',
    });
    expect(await ben.call('conversations.saveDraft', { conversationId, text: '' })).toEqual({ draft: null });
  });

  it('is not, while one of the two has no device for it, nor for strangers, groups and the unmatched', async () => {
    await giveKeys(ada);
    expect(await ada.refusal('encryption.start', { conversationId })).toMatchObject({
      code: 'ENCRYPTION_NOT_READY',
      details: { userIds: [ben.userId] },
    });
    await giveKeys(ben);
    expect(await eve.refusal('encryption.start', { conversationId })).toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    const group = await ada.call('groups.create', { name: 'Two', userIds: [ben.userId] });
    expect(await ada.refusal('encryption.start', { conversationId: group.id })).toMatchObject({ code: 'NOT_BETWEEN_TWO' });
    await ada.call('matches.unmatch', { matchId });
    expect(await ada.refusal('encryption.start', { conversationId })).toMatchObject({ code: 'NOT_MATCHED' });
  });

  it('takes no plain text from then on, and no envelope before', async () => {
    const plain = { conversationId, clientId: crypto.randomUUID(), text: 'Hello' };
    const sealed = { conversationId, clientId: crypto.randomUUID(), envelope: envelope() };
    expect(await ada.refusal('messages.send', sealed)).toMatchObject({ code: 'CONVERSATION_NOT_ENCRYPTED' });
    const { id } = await send(ada, { text: 'Before' });
    expect(await ada.refusal('messages.edit', { messageId: id, envelope: envelope() })).toMatchObject({
      code: 'CONVERSATION_NOT_ENCRYPTED',
    });
    await encrypted();
    expect(await ada.refusal('messages.send', plain)).toMatchObject({ code: 'CONVERSATION_ENCRYPTED' });
    expect(await ada.refusal('messages.edit', { messageId: id, text: 'After' })).toMatchObject({ code: 'CONVERSATION_ENCRYPTED' });
    for (const nonsense of [
      { ...plain, envelope: envelope() },
      { conversationId, clientId: crypto.randomUUID() },
    ]) {
      expect(await ada.refusal('messages.send', nonsense)).toMatchObject({ code: 'VALIDATION_FAILED' });
    }
    // What is not base64 is no ciphertext.
    expect(await ada.refusal('messages.send', { ...sealed, envelope: envelope('Hello, in the clear!') })).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});

describe('an encrypted message', () => {
  beforeEach(encrypted);

  it('is handed on as it is, counted, answered, reacted to, pinned, changed and deleted', async () => {
    const sent = await send(ada, { envelope: envelope() });
    expect(sent).toMatchObject({ kind: 'encrypted', text: null, envelope: envelope(), deletedAt: null });
    expect(await ben.call('conversations.get', { conversationId })).toMatchObject({
      unreadCount: 1,
      lastMessage: { envelope: envelope() },
    });
    const answer = await ben.call('messages.send', {
      conversationId,
      clientId: crypto.randomUUID(),
      envelope: envelope('QUFB'),
      replyTo: sent.id,
    });
    expect(answer.replyTo).toMatchObject({ id: sent.id, text: null });
    expect((await ben.call('messages.react', { messageId: sent.id, emoji: '❤️' })).ownReaction).toBe('❤️');
    await ben.call('messages.pin', { messageId: sent.id });
    expect((await ada.call('messages.pinned', { conversationId, limit: 5 })).items[0]?.envelope).toEqual(envelope());
    const edited = await ada.call('messages.edit', { messageId: sent.id, envelope: envelope('QkJC') });
    expect(edited).toMatchObject({ kind: 'encrypted', envelope: envelope('QkJC'), editedAt: expect.any(String) });
    const deleted = await ada.call('messages.delete', { messageId: sent.id });
    expect(deleted).toMatchObject({ text: null, envelope: null, deletedAt: expect.any(String) });
  });

  it('that one has not read is one less to read when it is hidden', async () => {
    const { id } = await send(ada, { envelope: envelope() });
    await ben.call('messages.hide', { messageId: id });
    expect((await ben.call('conversations.get', { conversationId })).unreadCount).toBe(0);
  });

  it('that is encrypted anew for another try is the same one, and plain text is not', async () => {
    const clientId = crypto.randomUUID();
    const first = await send(ada, { envelope: envelope('QUFB') }, clientId);
    expect(await send(ada, { envelope: envelope('QkJC') }, clientId)).toEqual(first);
    expect(await ada.refusal('messages.send', { conversationId, clientId, text: 'Hello' })).toMatchObject({ code: 'CLIENT_ID_REUSED' });
  });

  it('keeps nothing of what was written in clear, once that is changed', async () => {
    const other = await world.join('Otto');
    await world.match(ada, other);
    const { id } = await ada.call('conversations.openDirect', { userId: other.userId });
    const plain = await ada.call('messages.send', { conversationId: id, clientId: crypto.randomUUID(), text: 'In clear' });
    await giveKeys(other);
    await ada.call('encryption.start', { conversationId: id });
    expect(await ada.call('messages.edit', { messageId: plain.id, envelope: envelope() })).toMatchObject({ kind: 'encrypted', text: null });
    expect((await ada.call('messages.search', { q: 'clear', limit: 5 })).items).toEqual([]);
  });

  it('is reported with what the reporter says that it said', async () => {
    const { id: messageId } = await send(ben, { envelope: envelope() });
    const evidence = { messageIds: [messageId], opened: [{ messageId, text: 'Pay me!' }], photoIds: [] };
    const { id } = await ada.call('reports.report', { userId: ben.userId, category: 'scam', text: '', evidence, alsoBlock: false });
    const mona = await world.join('Mona');
    await world.setStanding(mona, { role: 'moderator' });
    const detail = await mona.call('admin.report', { reportId: id });
    expect(detail.messages).toMatchObject([{ messageId, text: null, claimed: 'Pay me!', chosen: true }]);
  });
});
