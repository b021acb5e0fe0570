import { exampleOutput } from '@app/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as sdk from '../../src/index';
import { clientOf, rejectionOf, standInServer } from './setting';

// The default client is a module's own: each test has a fresh module.
let heartline: typeof sdk;

beforeEach(async () => {
  vi.resetModules();
  heartline = await import('../../src/index');
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('before configure', () => {
  it('a call of a service rejects, and says what to do', async () => {
    expect(await rejectionOf(heartline.authService.listSessions())).toMatchObject({
      message: 'Call configure({ baseURL }) before the first use of a service.',
    });
  });

  it('the stream and the outbox throw the same', () => {
    expect(() => heartline.realtimeService.connect()).toThrow('Call configure');
    expect(() => heartline.outboxService.list('c')).toThrow('Call configure');
  });
});

describe('after configure', () => {
  it.each([
    ['authService', 'listSessions', 'auth.listSessions'],
    ['userService', 'me', 'users.me'],
    ['settingsService', 'preferences', 'users.preferences'],
    ['profileService', 'profile', 'profiles.profile'],
    ['matchService', 'discover', 'discovery.discover'],
    ['matchService', 'swipe', 'swipes.swipe'],
    ['likeService', 'received', 'likes.received'],
    ['matchService', 'matches', 'matches.matches'],
    ['locationService', 'set', 'location.set'],
    ['locationService', 'search', 'places.search'],
    ['blockService', 'block', 'blocks.block'],
    ['friendService', 'list', 'friends.list'],
    ['groupService', 'members', 'groups.members'],
    ['reportService', 'report', 'reports.report'],
    ['chatService', 'list', 'conversations.list'],
    ['chatService', 'send', 'messages.send'],
    ['callService', 'history', 'calls.history'],
    ['notificationService', 'list', 'notifications.list'],
    ['presenceService', 'of', 'presence.of'],
    ['adminService', 'reports', 'admin.reports'],
    ['developmentService', 'outbox', 'development.outbox'],
  ] as const)('%s.%s calls %s', async (service, method, id) => {
    const server = await standInServer();
    const client = heartline.configure({ baseURL: server.baseURL, ...heartline.memoryTokens({ accessToken: 'a', refreshToken: 'r' }) });
    const { exampleInput } = await import('@app/contracts');
    const call = (heartline[service] as unknown as Record<string, (input: unknown) => Promise<unknown>>)[method];
    expect(await call?.(exampleInput(id))).toEqual(exampleOutput(id));
    expect(server.arrivals).toMatchObject([{ id }]);
    client.dispose();
  });

  it('services share a client that exists already', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    expect(heartline.configure(client)).toBe(client);
    await heartline.userService.me();
    expect(client.session.userId).toBe(exampleOutput('users.me').id);
    expect(heartline.realtimeService.status).toBe(client.realtime.status);
    expect(heartline.outboxService.list('c')).toBe(client.outbox.list('c'));
  });

  it('a second time closes the client of the first, unless the app made it', async () => {
    const server = await standInServer();
    const own = clientOf(server);
    heartline.configure(own);
    const first = heartline.configure({ baseURL: server.baseURL });
    const second = heartline.configure({ baseURL: server.baseURL });
    expect(await rejectionOf(first.request('users.me', 'GET /users/me', undefined))).toMatchObject({ code: 'CANCELLED' });
    expect(await own.users.me()).toEqual(exampleOutput('users.me'));
    second.dispose();
  });
});
