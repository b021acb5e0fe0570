import { readFile } from 'node:fs/promises';
import { describe, expect, inject, it } from 'vitest';
import { createMockApi } from '../src';
import { start } from './dump';
import { codeOf, next, online, setting, until } from './setting';

describe('a reset', () => {
  const now = setting();

  it('brings back what there was: people, matches, messages', async () => {
    const ada = await now().client('ada');
    const before = { matches: await ada.matches.matches(), conversations: await ada.conversations.list(), me: await ada.users.me() };
    await ada.matches.unmatch({ matchId: before.matches.items[0]?.id ?? '' });
    await ada.users.updateMe({ displayName: 'Adele' });
    await ada.messages.send({ conversationId: await now().conversationOf(ada, 'clara'), clientId: crypto.randomUUID(), text: 'Hello' });
    await now().mock.reset();
    const again = await now().client('ada');
    expect({ matches: await again.matches.matches(), conversations: await again.conversations.list(), me: await again.users.me() }).toEqual(
      before,
    );
  });

  it('brings back a photo that was removed, which is gone until then', async () => {
    const ada = await now().client('ada');
    const [photo] = (await ada.profiles.photos()).items;
    const status = async () => (await fetch(photo?.urls.small ?? '')).status;
    expect(await status()).toBe(200);
    await ada.profiles.removePhoto({ photoId: photo?.id ?? '' });
    await expect.poll(status).toBe(404);
    await now().mock.reset();
    expect(await status()).toBe(200);
  });

  it('forgets sessions and people who came since, and closes their sockets', async () => {
    const ada = await now().client('ada');
    const zoe = await now().client();
    const account = {
      email: 'zoe@example.com',
      password: 'correct horse',
      displayName: 'Zoe',
      birthDate: '1995-05-05',
      gender: 'other',
    } as const;
    await zoe.auth.register(account);
    await online(ada);
    await now().mock.reset();
    await until(() => ada.realtime.status.state === 'stopped');
    expect(ada.realtime.status.reason).toBe('signedOut');
    await expect(zoe.users.me()).rejects.toMatchObject({ isAuthError: true });
    expect(await codeOf((await now().client()).auth.login({ email: account.email, password: account.password }))).toBe(
      'INVALID_CREDENTIALS',
    );
  });

  it('turns every knob back, and the clock', async () => {
    const { mock } = now();
    mock.fail('*', 'INTERNAL');
    mock.latency(60_000);
    mock.offline(true);
    await mock.clock.advance(5_000);
    await mock.reset();
    expect(mock.clock.now()).toEqual(start);
    const ada = await now().client('ada', { timeoutMs: 10_000 });
    expect((await ada.users.me()).displayName).toBe('Ada');
  });

  it('forgets what limits have counted', async () => {
    const client = await now().client();
    const wrong = { email: 'ada@heartline.demo', password: 'wrong' };
    for (let tries = 0; tries < 5; tries += 1) expect(await codeOf(client.auth.login(wrong))).toBe('INVALID_CREDENTIALS');
    expect(await codeOf(client.auth.login(wrong))).toBe('RATE_LIMITED');
    await now().mock.reset();
    expect(await codeOf((await now().client()).auth.login(wrong))).toBe('INVALID_CREDENTIALS');
  });

  it('lets the bot play everyone again, from the beginning', async () => {
    await now().mock.actAs('clara');
    await now().mock.reset();
    const ada = await now().client('ada');
    await online(ada);
    const read = next(ada, 'message:read');
    await ada.messages.send({ conversationId: await now().conversationOf(ada, 'clara'), clientId: crypto.randomUUID(), text: 'Hello' });
    await read;
    await now().mock.settled();
    const { items } = await ada.messages.history({ conversationId: await now().conversationOf(ada, 'clara'), limit: 1 });
    expect(items[0]?.text).toBe('Tell me more about that.');
  });

  it('does not open the database anew', async () => {
    const { client } = now().mock.platform.kernel.database as unknown as {
      client: { query(sql: string): Promise<{ rows: { pid: number }[] }> };
    };
    await client.query('create temporary table still_here ()');
    await now().mock.reset();
    await client.query('drop table still_here');
  });
});

describe('a dump', () => {
  it('opens as the start of the one it was taken of, whatever had happened there by then', async () => {
    const first = await createMockApi({ clock: start, dump: new Blob([await readFile(inject('mockDump'))]) });
    const ada = await first.actAs('ada');
    await ada.call('users.updateMe', { displayName: 'Adele' });
    const dump = await first.dump();
    await first.close();

    const second = await createMockApi({ clock: start, dump });
    expect(await (await second.actAs('ada')).call('users.me', {})).toMatchObject({ id: ada.userId, displayName: 'Ada' });
    await second.close();
  });
});
