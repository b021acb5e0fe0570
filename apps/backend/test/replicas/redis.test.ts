import { randomUUID } from 'node:crypto';
import type { Log } from '@app/domain';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRedis, type Redis } from '../../src/adapters/redis';
import { redisBus } from '../../src/adapters/redis-bus';
import { redisLimits } from '../../src/adapters/redis-limits';
import { redisPresence } from '../../src/adapters/redis-presence';
import { type RedisServer, startRedis } from '../rig/redis-server';
import { tcpLine } from '../rig/tcp-line';

const log: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const soon = { timeout: 15_000, interval: 20 };

let server: RedisServer;
let prefix: string;
let open: Redis[] = [];
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());
beforeEach(() => {
  prefix = `${randomUUID()}:`;
});
afterEach(() => {
  for (const one of open) one.close();
  open = [];
});

async function connected(url = server.url): Promise<Redis> {
  const redis = await openRedis({ url, prefix }, log);
  open.push(redis);
  return redis;
}

describe('the bus', () => {
  it('brings frames as they were, whatever is in them, and each process its own only once', async () => {
    const [one, other] = [redisBus(await connected(), log), redisBus(await connected(), log)];
    const heard: unknown[] = [];
    const heardHere: unknown[] = [];
    other.subscribe('user:ada', (message) => heard.push(message));
    one.subscribe('user:ada', (message) => heardHere.push(message));
    await Promise.all([one.heard('user:ada'), other.heard('user:ada')]);
    const messages = [
      { kind: 'frame', seq: 42, text: '{"a":"|\\n😀"}' },
      { kind: 'frame', seq: null, text: '' },
      { kind: 'session', userId: 'u', sessionId: 's', reason: 'x|y' },
      { kind: 'account', userId: 'u' },
    ] as const;
    for (const message of messages) one.publish('user:ada', message);
    await vi.waitFor(() => expect(heard).toEqual(messages), soon);
    expect(heardHere).toEqual(messages);
  });

  it('asks Redis for what somebody here listens to, and for nothing else', async () => {
    const redis = await connected();
    const bus = redisBus(redis, log);
    const stops = ['user:ada', 'user:ada', 'user:ben'].map((topic) => bus.subscribe(topic, () => undefined));
    await Promise.all([bus.heard('user:ada'), bus.heard('user:ben')]);
    const channels = async () => (await redis.client.pubSubChannels(`${prefix}user:*`)).map((name) => name.slice(prefix.length)).sort();
    expect(await channels()).toEqual(['user:ada', 'user:ben']);
    stops[0]?.();
    stops[2]?.();
    await vi.waitFor(async () => expect(await channels()).toEqual(['user:ada']), soon);
    stops[1]?.();
    await vi.waitFor(async () => expect(await channels()).toEqual([]), soon);
  });

  it('listens again after a loss, also to what was asked for while Redis was away', async () => {
    const line = await tcpLine(server.url);
    const bus = redisBus(await connected(line.url), log);
    const other = redisBus(await connected(), log);
    const heard: string[] = [];
    bus.subscribe('user:ada', () => heard.push('ada'));
    await bus.heard('user:ada');
    await line.cut();
    await vi.waitFor(() => expect(bus.isCut).toBe(true), soon);
    bus.subscribe('user:ben', () => heard.push('ben'));
    const mended = vi.fn();
    bus.onMended(mended);
    await line.mend();
    await vi.waitFor(() => expect(mended).toHaveBeenCalled(), soon);
    other.publish('user:ada', { kind: 'account', userId: 'ada' });
    other.publish('user:ben', { kind: 'account', userId: 'ben' });
    await vi.waitFor(() => expect(heard).toEqual(['ada', 'ben']), soon);
    await line.close();
  });

  it('is cut, and no more, where Redis was never there', async () => {
    const bus = redisBus(await connected('redis://127.0.0.1:1'), log);
    const heard = vi.fn();
    bus.subscribe('user:ada', heard);
    await bus.heard('user:ada');
    bus.publish('user:ada', { kind: 'account', userId: 'ada' });
    expect(heard).toHaveBeenCalledOnce();
    expect(bus.isCut).toBe(true);
  });
});

describe('presence', () => {
  const rhythm = { beatMs: 50, silentMs: 400, graceMs: 200 };

  it('knows who is connected to any process, by their last connection', async () => {
    const [one, other] = [redisPresence(await connected(), log), redisPresence(await connected(), log)];
    expect(await one.isConnected('ada')).toBe(false);
    await other.joined('ada', 'phone');
    await other.joined('ada', 'tablet');
    expect(await one.isConnected('ada')).toBe(true);
    await other.left('ada', 'phone');
    expect(await one.isConnected('ada')).toBe(true);
    await other.left('ada', 'tablet');
    expect(await one.isConnected('ada')).toBe(false);
    await Promise.all([one.close(), other.close()]);
  });

  it('takes the people of a process off that died, and tells of each once', async () => {
    const line = await tcpLine(server.url);
    const dying = redisPresence(await connected(line.url), log, rhythm);
    const left = [redisPresence(await connected(), log, rhythm), redisPresence(await connected(), log, rhythm)] as const;
    const vanished: string[] = [];
    for (const one of left) one.onVanished((userIds) => vanished.push(...userIds));
    await dying.joined('ada', 'phone');
    await dying.joined('ben', 'phone');
    await left[0].joined('ben', 'tablet');
    await line.cut();
    await vi.waitFor(async () => expect(await left[1].isConnected('ada')).toBe(false), soon);
    expect(await left[1].isConnected('ben')).toBe(true);
    await vi.waitFor(() => expect([...vanished].sort()).toEqual(['ada', 'ben']), soon);
    await Promise.all([...left, dying].map((one) => one.close()));
    await line.close();
  });

  it('has the people of a process back that was only taken for dead', async () => {
    const line = await tcpLine(server.url);
    const paused = redisPresence(await connected(line.url), log, rhythm);
    const other = redisPresence(await connected(), log, rhythm);
    await paused.joined('ada', 'phone');
    await line.cut();
    await vi.waitFor(async () => expect(await other.isConnected('ada')).toBe(false), soon);
    await line.mend();
    await vi.waitFor(async () => expect(await other.isConnected('ada')).toBe(true), soon);
    await Promise.all([paused.close(), other.close()]);
    await line.close();
  });

  it('tells who has just left from who is away, wherever they were', async () => {
    const [one, other] = [redisPresence(await connected(), log, rhythm), redisPresence(await connected(), log, rhythm)];
    const attendance = async () => (await one.attendance(['ada'])).get('ada');
    await other.joined('ada', 'phone');
    expect(await attendance()).toBe('here');
    await other.left('ada', 'phone');
    expect(await attendance()).toBe('just_left');
    await vi.waitFor(async () => expect(await attendance()).toBe('away'), soon);
    await other.joined('ada', 'phone');
    await one.joined('ada', 'tablet');
    await other.left('ada', 'phone');
    expect(await attendance()).toBe('here');
    await Promise.all([one.close(), other.close()]);
  });

  it('says nothing of those who are elsewhere while it cannot know, and tells late who came meanwhile', async () => {
    const line = await tcpLine(server.url);
    const [alone, other] = [redisPresence(await connected(line.url), log, rhythm), redisPresence(await connected(), log, rhythm)];
    await vi.waitFor(async () => expect((await alone.attendance(['ben'])).get('ben')).toBe('away'), soon);
    const late: string[] = [];
    alone.onToldLate((userIds) => late.push(...userIds));
    await other.joined('ben', 'phone');
    await line.cut();
    await alone.joined('ada', 'phone');
    const attendance = await alone.attendance(['ada', 'ben', 'cleo']);
    expect([...attendance]).toEqual([['ada', 'here']]);
    await line.mend();
    await vi.waitFor(() => expect(late).toEqual(['ada']), soon);
    await vi.waitFor(async () => expect((await other.attendance(['ada'])).get('ada')).toBe('here'), soon);
    await vi.waitFor(async () => expect((await alone.attendance(['cleo'])).get('cleo')).toBe('away'), soon);
    expect((await alone.attendance(['ben'])).get('ben')).toBe('here');
    await Promise.all([alone.close(), other.close()]);
    await line.close();
  });

  it('says goodbye: whoever was connected to a process that stops is not any more', async () => {
    const [one, other] = [redisPresence(await connected(), log), redisPresence(await connected(), log)];
    await one.joined('ada', 'phone');
    expect(await other.isConnected('ada')).toBe(true);
    await one.close();
    expect(await other.isConnected('ada')).toBe(false);
    await other.close();
  });
});

describe('limits', () => {
  const now = new Date();

  it('count a small limit exactly, however many processes take at once', async () => {
    const processes = [redisLimits(await connected(), 'secret', log), redisLimits(await connected(), 'secret', log)];
    const verdicts = await Promise.all(Array.from({ length: 40 }, (_, index) => processes[index % 2]?.take('code|+49', 5, 60, now)));
    expect(verdicts.filter((verdict) => verdict?.allowed)).toHaveLength(5);
    const refused = verdicts.find((verdict) => verdict?.allowed === false);
    expect(refused?.retryAfterSeconds).toBeGreaterThan(50);
    expect(refused?.retryAfterSeconds).toBeLessThanOrEqual(60);
    await processes[0]?.giveBack('code|+49');
    expect(await processes[1]?.take('code|+49', 5, 60, now)).toMatchObject({ allowed: true });
    for (const one of processes) one.close();
  });

  it('let each process know within moments what the others have counted of a large one', async () => {
    const [one, other] = [redisLimits(await connected(), 'secret', log), redisLimits(await connected(), 'secret', log)];
    const taken = (by: typeof one, times: number) => Array.from({ length: times }, () => by.take('all|ada', 100, 60, now));
    for (const verdict of taken(one, 100)) expect(await verdict).toMatchObject({ allowed: true });
    await vi.waitFor(async () => expect(await other.take('all|ada', 100, 60, now)).toMatchObject({ allowed: false }), soon);
    one.close();
    other.close();
  });

  it('are counted here while Redis is away', async () => {
    const limits = redisLimits(await connected('redis://127.0.0.1:1'), 'secret', log);
    const verdicts = await Promise.all(Array.from({ length: 7 }, () => limits.take('code|+49', 5, 60, now)));
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(5);
    limits.close();
  });

  it('tell Redis nobody’s number', async () => {
    const redis = await connected();
    const limits = redisLimits(redis, 'secret', log);
    await limits.take('code|+4915112345678', 5, 60, now);
    const keys = await redis.client.keys(`${prefix}*`);
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toContain('4915112345678');
    limits.close();
  });
});
