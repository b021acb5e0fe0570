import {
  type Access,
  type EndpointId,
  type ErrorCode,
  type ErrorDefinition,
  endpoints,
  errors,
  events,
  failureCodes,
  type Role,
  rolePermissions,
  roles,
  type Signal,
  type SignalName,
  signalFailureCodes,
} from '@app/contracts';
import { accountsTopic, tables } from '@app/domain';
import { eq } from 'drizzle-orm';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { jwtSecret, startTestBackend, type TestBackend } from '../rig/backend';
import { fingerprint } from '../rig/database';
import { beReady } from '../rig/encryption';
import { call, codeOf, picture } from '../rig/http';
import { password, type Someone, signIn, signUp } from '../rig/people';
import { proofFor } from '../rig/proofs';
import { connect, openSocket, type RawSocket, type SocketAnswer } from '../rig/socket';
import { fieldsOf, inputFor, makeThings, namesPeople, ownedIdsOf, signalFor, type Things } from '../rig/things';

const ids = Object.keys(endpoints) as EndpointId[];
const overHttp = ids.filter((id) => endpoints[id].transport !== 'socket');
const overSocket = ids.filter((id) => endpoints[id].transport === 'both');
const guarded = overHttp.filter((id) => endpoints[id].access !== 'public');
/** What takes no role. */
const forUsers = guarded.filter((id) => endpoints[id].access === 'user');
const open = overHttp.filter((id) => endpoints[id].access === 'public');
const signals = (Object.keys(events) as (keyof typeof events)[]).filter((name): name is SignalName => events[name].signal !== undefined);

let backend: TestBackend;
beforeAll(async () => {
  backend = await startTestBackend('postgres');
  // Calls that ring here ring for as long as it takes: what the clock does to them is told elsewhere.
  await backend.platform.jobs.stop();
});
afterAll(() => backend.close());

/** Has everything sent that is to be sent. */
const deliver = () => backend.platform.jobs.runDue();

const codeOfAnswer = (answer: SocketAnswer) => (answer.ok ? 'ok' : answer.error.code);
const statusOf = (code: string) => (errors as Readonly<Record<string, ErrorDefinition>>)[code]?.status;

/** Whether a role may call, by the definition alone. */
function allows(access: Access, role: Role): boolean {
  return access === 'public' || access === 'user' || rolePermissions[role].includes(access);
}

/** Closes a socket, and waits until the service has noticed. */
async function hangUp(socket: RawSocket): Promise<void> {
  const before = backend.platform.connections;
  await socket.close();
  await vi.waitFor(() => expect(backend.platform.connections).toBeLessThan(before));
}

/** Does something that has to leave every row as it was. */
async function changingNothing(act: () => Promise<void>): Promise<void> {
  await backend.platform.settled();
  const before = await fingerprint(backend.platform);
  await act();
  await backend.platform.settled();
  expect(await fingerprint(backend.platform)).toEqual(before);
}

/** Calls guarded endpoints over HTTP, all at once, and answers their codes by endpoint. */
async function codesOverHttp(
  things: Things,
  by: Someone,
  token: string | undefined,
  called: readonly EndpointId[] = guarded,
): Promise<Record<string, string>> {
  const codes = called.map(async (id) => {
    return [id, codeOf(await call(backend.baseURL, id, inputFor(id, things, by, things.ben), { token }))] as const;
  });
  return Object.fromEntries(await Promise.all(codes));
}

const each = (list: readonly string[], code: string) => Object.fromEntries(list.map((id) => [id, code]));

/** Changes an account as an administrator would, and tells every process. */
async function change(someone: Someone, columns: Partial<typeof tables.users.$inferInsert>): Promise<void> {
  const { database, ports } = backend.platform.kernel;
  await database.db.update(tables.users).set(columns).where(eq(tables.users.id, someone.id));
  ports.bus.publish(accountsTopic, { kind: 'account', userId: someone.id });
}

interface Claims {
  readonly sub?: string;
  readonly sid?: string;
  readonly issuer?: string;
  readonly secret?: string;
  readonly lifeSeconds?: number;
}

function tokenWith({ sub, sid, issuer = 'heartline', secret = jwtSecret, lifeSeconds = 900 }: Claims): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const jwt = new SignJWT(sid === undefined ? {} : { sid }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setIssuer(issuer);
  return (sub === undefined ? jwt : jwt.setSubject(sub))
    .setIssuedAt(now - 1000)
    .setExpirationTime(now + lifeSeconds)
    .sign(new TextEncoder().encode(secret));
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string; sid: string };
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('nobody in particular', () => {
  let things: Things;
  beforeAll(async () => {
    things = await makeThings(backend.baseURL, { withCall: true });
  });

  it('is refused by every endpoint that asks for someone, and changes nothing', async () => {
    await changingNothing(async () => {
      expect(await codesOverHttp(things, things.ada, undefined)).toEqual(each(guarded, 'UNAUTHENTICATED'));
      expect(await codesOverHttp(things, things.ada, '')).toEqual(each(guarded, 'UNAUTHENTICATED'));
    });
  });

  it('is refused by every endpoint and signal of a socket that was not opened', async () => {
    await changingNothing(async () => {
      const socket = await connect(backend.baseURL);
      for (const id of overSocket) {
        expect([id, codeOfAnswer(await socket.call(id, inputFor(id, things, things.ada, things.ben)))]).toEqual([id, 'UNAUTHENTICATED']);
      }
      for (const name of signals) {
        expect([name, codeOfAnswer(await socket.emit(name, signalFor(name, things, things.ada, things.ben)))]).toEqual([
          name,
          'UNAUTHENTICATED',
        ]);
      }
      await hangUp(socket);
    });
  });

  it('may register, sign in and refresh, whatever token comes along', async () => {
    for (const id of open) {
      for (const token of [undefined, 'worthless']) {
        const someone = await signUp(backend.baseURL);
        const input = {
          ...inputFor(id, things, someone, things.ben),
          ...(await proofFor(backend.baseURL, id, someone, deliver)),
          ...(id === 'auth.login' ? { email: things.ada.email, password } : {}),
        };
        expect([id, codeOf(await call(backend.baseURL, id, input, { token }))]).toEqual([id, 'ok']);
      }
    }
  });
});

describe('a bearer of a token that is not good', () => {
  const forgeries: readonly [string, (of: Someone) => Promise<string> | string, ErrorCode][] = [
    ['text', () => 'not-a-token', 'TOKEN_INVALID'],
    [
      'one signed with another secret',
      ({ token }) => tokenWith({ ...claimsOf(token), secret: 'another-secret-of-thirty-two-characters' }),
      'TOKEN_INVALID',
    ],
    [
      'one that is not signed at all',
      ({ token }) => `${base64({ alg: 'none', typ: 'JWT' })}.${base64({ ...claimsOf(token), iss: 'heartline', exp: 9_999_999_999 })}.`,
      'TOKEN_INVALID',
    ],
    [
      'one whose claims were changed',
      ({ token }) =>
        token
          .split('.')
          .with(1, base64({ ...claimsOf(token), iss: 'heartline', exp: 9_999_999_999 }))
          .join('.'),
      'TOKEN_INVALID',
    ],
    ['one of another issuer', ({ token }) => tokenWith({ ...claimsOf(token), issuer: 'someone-else' }), 'TOKEN_INVALID'],
    ['one without a session', ({ token }) => tokenWith({ sub: claimsOf(token).sub }), 'TOKEN_INVALID'],
    ['one of nobody', ({ token }) => tokenWith({ sid: claimsOf(token).sid }), 'TOKEN_INVALID'],
    ['a refresh token', ({ refreshToken }) => refreshToken, 'TOKEN_INVALID'],
    ['one that has run out', ({ token }) => tokenWith({ ...claimsOf(token), lifeSeconds: -1 }), 'TOKEN_EXPIRED'],
    [
      'one whose session is somebody else’s',
      ({ token }) => tokenWith({ ...claimsOf(token), sub: '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10' }),
      'SESSION_REVOKED',
    ],
    [
      'one whose session never was',
      ({ token }) => tokenWith({ ...claimsOf(token), sid: '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10' }),
      'SESSION_REVOKED',
    ],
    ['one whose session is no id', ({ token }) => tokenWith({ ...claimsOf(token), sid: 'x' }), 'TOKEN_INVALID'],
  ];
  let things: Things;
  beforeAll(async () => {
    things = await makeThings(backend.baseURL, { withCall: true });
  });

  // Whether a token is good is asked in one place, before the endpoint: the first is tried on all of them, the others in turn.
  it.each(forgeries.map((forgery, n) => [...forgery, n] as const))('is refused everywhere: %s', async (_what, forge, code, nth) => {
    const token = await forge(things.ada);
    const called = guarded.filter((_id, n) => nth === 0 || n % forgeries.length === nth);
    await changingNothing(async () => {
      expect(await codesOverHttp(things, things.ada, token, called)).toEqual(each(called, code));
      const socket = await connect(backend.baseURL);
      expect(codeOfAnswer(await socket.call('realtime.open', { token }))).toBe(code);
      expect((await socket.closed).code).toBe(4001);
    });
  });
});

describe('someone signed in', () => {
  /** Endpoints that belong to the one who is called. */
  const forBen: readonly EndpointId[] = ['calls.accept', 'calls.reject', 'friends.accept', 'friends.decline'];

  /** A copy of what is held about someone, ready to be fetched. */
  async function giveExport({ id: userId }: Someone): Promise<void> {
    const { db } = backend.platform.kernel.database;
    const [now, later] = [new Date(), new Date(Date.now() + 3_600_000)];
    const position = { section: 0, after: null };
    await db
      .insert(tables.dataExports)
      .values({ userId, requestedAt: now, readyAt: now, expiresAt: later, parts: 1, bytes: 2, position })
      .onConflictDoNothing();
    await db.insert(tables.dataExportParts).values({ userId, part: 1, text: '{}' }).onConflictDoNothing();
  }

  /** What Ada has sent past the service, to where media are kept. */
  async function sendUpload({ ada, uploadId }: Things): Promise<void> {
    await backend.platform.kernel.ports.media.put(`uploads/${ada.id}/${uploadId}`, picture(), 'image/png');
  }

  let shared: Promise<Things> | undefined;

  /** Somebody who may do everything. */
  async function moderating(): Promise<Someone> {
    const mona = await signUp(backend.baseURL, { name: 'Mona' });
    await change(mona, { role: 'owner' });
    return mona;
  }

  /** Calls after which things are not what they were: they end something, or answer what can be answered once. */
  const spends = (id: EndpointId) =>
    endpoints[id].method !== 'GET' &&
    (/^(admin|auth|blocks|calls|encryption|friends|groups|matches|reports|swipes|users)\./.test(id) || /delete|remove/i.test(id));

  /** Everything it takes for the call to succeed. What leaves things as they were can share them. */
  async function ready(id: EndpointId): Promise<{ things: Things; by: Someone; toward: Someone }> {
    if (!spends(id)) shared ??= makeThings(backend.baseURL, { withCall: true, withGroup: true });
    const things =
      (spends(id) ? undefined : await shared) ??
      (await makeThings(backend.baseURL, {
        withCall: fieldsOf(id).includes('callId'),
        withGroup: id.startsWith('groups.'),
        named: fieldsOf(id).map((field) => (field === 'photoIds' ? 'photoId' : field)),
      }));
    if (id === 'users.exportPart') await giveExport(things.ada);
    if (id === 'profiles.confirmUpload') await sendUpload(things);
    if (id === 'encryption.start') for (const who of [things.ada, things.ben]) await beReady(who);
    if (id === 'swipes.undoSwipe') await things.ada.do('swipes.swipe', { userId: things.stranger.id, action: 'like' });
    const by = forBen.includes(id) ? things.ben : endpoints[id].access === 'user' ? things.ada : await moderating();
    return { things, by, toward: by === things.ben ? things.ada : things.ben };
  }

  it('can call no endpoint whose ids nobody here has thought of', () => {
    const params = ids.flatMap((id) => endpoints[id].places.params.map((name) => `${id} ${name}`));
    const known = ids.flatMap((id) =>
      [...ownedIdsOf(endpoints[id].places.params), ...endpoints[id].places.params.filter((name) => namesPeople([name]))].map(
        (name) => `${id} ${name}`,
      ),
    );
    expect(params.filter((param) => !known.includes(param))).toEqual([]);
  });

  it.each(guarded)('may call %s about what is theirs', async (id) => {
    const { things, by, toward } = await ready(id);
    const input = { ...inputFor(id, things, by, toward), ...(await proofFor(backend.baseURL, id, by, deliver)) };
    const reply = await call(backend.baseURL, id, input, { token: by.token });
    expect([reply.status, codeOf(reply)], reply.text).toEqual([200, 'ok']);
  });

  it.each(overSocket)('may call %s over the socket too', async (id) => {
    const { things, by, toward } = await ready(id);
    const socket = await openSocket(backend.baseURL, by.token);
    expect(await socket.call(id, inputFor(id, things, by, toward))).toMatchObject({ ok: true });
    await hangUp(socket);
  });

  it.each(signals)('may send %s about what is theirs', async (name) => {
    const things = await makeThings(backend.baseURL, { withCall: true, named: [] });
    const socket = await openSocket(backend.baseURL, things.ada.token);
    expect(await socket.emit(name, signalFor(name, things, things.ada, things.ben))).toMatchObject({ ok: true });
    await hangUp(socket);
  });

  it('cannot call over the socket what is for HTTP alone, whatever they may do', async () => {
    const things = await makeThings(backend.baseURL, { withCall: true, withGroup: true });
    const { ada, ben } = things;
    const mona = await moderating();
    await sendUpload(things);
    const [asAda, asMona] = [await openSocket(backend.baseURL, ada.token), await openSocket(backend.baseURL, mona.token)];
    await changingNothing(async () => {
      for (const id of ids.filter((one) => endpoints[one].transport === 'http')) {
        const [socket, by] = ['public', 'user'].includes(endpoints[id].access) ? ([asAda, ada] as const) : ([asMona, mona] as const);
        expect([id, codeOfAnswer(await socket.call(id, inputFor(id, things, by, ben)))]).toEqual([id, 'NOT_OVER_SOCKET']);
      }
    });
    await hangUp(asAda);
    await hangUp(asMona);
  });

  it.each(roles)('with the role %s may call what its permissions allow, and nothing else', async (role) => {
    const things = await makeThings(backend.baseURL, { withCall: true });
    for (const someone of [things.ada, things.ben]) await change(someone, { role });
    let devices: Record<string, Someone> = {};
    // Deleting comes last: there is nothing to be refused after it.
    for (const id of [...guarded.filter((one) => one !== 'users.deleteMe'), 'users.deleteMe' as const]) {
      const by = forBen.includes(id) ? things.ben : things.ada;
      devices[by.id] ??= await signIn(backend.baseURL, by);
      const token = devices[by.id]?.token;
      // These may sign devices out, whoever calls.
      if (/^(auth|users|admin)\./.test(id)) devices = {};
      const code = codeOf(
        await call(backend.baseURL, id, inputFor(id, things, by, by === things.ada ? things.ben : things.ada), { token }),
      );
      expect([id, code !== 'FORBIDDEN'], code).toEqual([id, allows(endpoints[id].access, role)]);
    }
  });
});

describe('a stranger', () => {
  /** What a stranger is told about a person; an endpoint that names one has to be decided here. */
  const aboutPeople: Readonly<Record<string, string>> = {
    'profiles.profile': 'ok',
    'swipes.swipe': 'ok',
    'blocks.block': 'ok',
    'blocks.unblock': 'ok',
    'friends.sendRequest': 'ok',
    'friends.remove': 'ok',
    // They may report Ben, but not with what is between him and Ada.
    'reports.report': 'EVIDENCE_REFUSED',
    'conversations.openDirect': 'NOT_MATCHED',
    'calls.start': 'NOT_MATCHED',
    'groups.removeMember': 'CONVERSATION_NOT_FOUND',
    'groups.setRole': 'CONVERSATION_NOT_FOUND',
  };

  it('is told by every endpoint that takes an id of other people’s things that there is no such thing', async () => {
    const things = await makeThings(backend.baseURL, { withCall: true });
    const { stranger, ben } = things;
    const socket = await openSocket(backend.baseURL, stranger.token);
    await changingNothing(async () => {
      for (const id of guarded.filter((one) => ownedIdsOf(fieldsOf(one)).length > 0)) {
        const input = inputFor(id, things, stranger, ben);
        const code = codeOf(await call(backend.baseURL, id, input, { token: stranger.token }));
        expect(
          [id, [403, 404].includes(statusOf(code) ?? 0), failureCodes(endpoints[id], 'http').includes(code as ErrorCode)],
          code,
        ).toEqual([id, true, true]);
        // Exactly what they would be told of a thing that does not exist.
        const nowhere = Object.fromEntries(
          Object.entries(input).map(([name, value]) => [
            name,
            ownedIdsOf([name]).length > 0 ? '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10' : value,
          ]),
        );
        expect([id, codeOf(await call(backend.baseURL, id, nowhere, { token: stranger.token }))]).toEqual([id, code]);
        if (overSocket.includes(id)) expect([id, codeOfAnswer(await socket.call(id, input))]).toEqual([id, code]);
      }
      for (const name of signals) {
        const answer = await socket.emit(name, signalFor(name, things, stranger, ben));
        const { signal }: { signal: Signal | undefined } = events[name];
        expect([name, answer.ok]).toEqual([name, false]);
        if (!answer.ok)
          expect([name, answer.error.status, signal !== undefined && signalFailureCodes(signal).includes(answer.error.code)]).toEqual([
            name,
            404,
            true,
          ]);
      }
    });
    await hangUp(socket);
  });

  it('may look at and swipe on people, and do nothing more with them', async () => {
    const found: Record<string, string> = {};
    for (const id of forUsers.filter((one) => namesPeople(fieldsOf(one)))) {
      const things = await makeThings(backend.baseURL, { named: [] });
      const { stranger, ben } = things;
      const act = async () => {
        found[id] = codeOf(await call(backend.baseURL, id, inputFor(id, things, stranger, ben), { token: stranger.token }));
      };
      await (aboutPeople[id] === 'ok' ? act() : changingNothing(act));
    }
    expect(found).toEqual(aboutPeople);
  });

  it('sees nothing of other people’s in any list', async () => {
    const things = await makeThings(backend.baseURL, { withCall: true });
    for (const id of [
      'matches.matches',
      'blocks.list',
      'friends.list',
      'friends.requests',
      'conversations.list',
      'calls.history',
      'realtime.resume',
    ] as const) {
      const { items } = await things.stranger.do<{ items: unknown[] }>(id, id === 'realtime.resume' ? { since: 0 } : {});
      expect([id, items]).toEqual([id, []]);
    }
    const seen = await things.stranger.call('discovery.discover', { limit: 100 });
    for (const secret of [things.ada.email, things.ben.email, 'Between us']) expect(seen.text).not.toContain(secret);
  });
});

describe('someone who is blocked, and someone who blocks', () => {
  /** What either side of a block is told of the other; a call that rings can still be left, and a match still be ended. */
  const toldEither: Readonly<Record<string, string>> = {
    'profiles.profile': 'USER_NOT_FOUND',
    'swipes.swipe': 'USER_NOT_FOUND',
    'conversations.openDirect': 'USER_NOT_FOUND',
    'calls.start': 'USER_NOT_FOUND',
    'conversations.get': 'CONVERSATION_NOT_FOUND',
    'conversations.markRead': 'CONVERSATION_NOT_FOUND',
    'conversations.mute': 'CONVERSATION_NOT_FOUND',
    'conversations.unmute': 'CONVERSATION_NOT_FOUND',
    'conversations.archive': 'CONVERSATION_NOT_FOUND',
    'conversations.unarchive': 'CONVERSATION_NOT_FOUND',
    'groups.update': 'CONVERSATION_NOT_FOUND',
    'groups.setPicture': 'CONVERSATION_NOT_FOUND',
    'groups.removePicture': 'CONVERSATION_NOT_FOUND',
    'groups.members': 'CONVERSATION_NOT_FOUND',
    'groups.addMembers': 'CONVERSATION_NOT_FOUND',
    'groups.removeMember': 'CONVERSATION_NOT_FOUND',
    'groups.setRole': 'CONVERSATION_NOT_FOUND',
    'groups.leave': 'CONVERSATION_NOT_FOUND',
    'conversations.saveDraft': 'CONVERSATION_NOT_FOUND',
    'encryption.start': 'CONVERSATION_NOT_FOUND',
    'messages.history': 'CONVERSATION_NOT_FOUND',
    'messages.send': 'CONVERSATION_NOT_FOUND',
    'messages.edit': 'MESSAGE_NOT_FOUND',
    'messages.delete': 'MESSAGE_NOT_FOUND',
    'messages.hide': 'MESSAGE_NOT_FOUND',
    'messages.mediaLinks': 'CONVERSATION_NOT_FOUND',
    'messages.search': 'CONVERSATION_NOT_FOUND',
    'messages.react': 'MESSAGE_NOT_FOUND',
    'messages.unreact': 'MESSAGE_NOT_FOUND',
    'messages.pinned': 'CONVERSATION_NOT_FOUND',
    'messages.pin': 'MESSAGE_NOT_FOUND',
    'messages.unpin': 'MESSAGE_NOT_FOUND',
    'calls.get': 'CALL_NOT_FOUND',
    'calls.accept': 'FORBIDDEN',
    'calls.reject': 'FORBIDDEN',
    'calls.end': 'ok',
    'matches.unmatch': 'ok',
    'auth.revokeSession': 'ok',
    'notifications.markRead': 'ok',
    'profiles.removePhoto': 'ok',
    'profiles.confirmUpload': 'UPLOAD_NOT_FOUND',
    'blocks.unblock': 'ok',
    'friends.sendRequest': 'USER_NOT_FOUND',
    'friends.accept': 'FRIEND_REQUEST_NOT_FOUND',
    'friends.decline': 'FRIEND_REQUEST_NOT_FOUND',
    'friends.cancel': 'FRIEND_REQUEST_NOT_FOUND',
    'friends.remove': 'ok',
    // They have met: who blocks can be reported by whom they block, and the other way round.
    'reports.report': 'ok',
  };

  it.each([
    ['is blocked', (things: Things) => [things.ben.id, things.ada.id], 'USER_NOT_FOUND'],
    ['blocks', (things: Things) => [things.ada.id, things.ben.id], 'ok'],
  ] as const)('finds the other one gone: who %s', async (_who, who, toldOfBlocking) => {
    const expected: Readonly<Record<string, string>> = { ...toldEither, 'blocks.block': toldOfBlocking };
    const things = await makeThings(backend.baseURL, { withCall: true });
    const [blockerId = '', blockedId = ''] = who(things);
    const { db } = backend.platform.kernel.database;
    await db.insert(tables.blocks).values({ blockerId, blockedId, createdAt: new Date() });
    const { ada, ben } = things;

    for (const id of ['matches.matches', 'friends.list', 'friends.requests', 'conversations.list', 'calls.history'] as const) {
      expect([id, (await ada.do<{ items: unknown[] }>(id)).items]).toEqual([id, []]);
    }
    expect((await ada.call('discovery.discover', { limit: 100 })).text).not.toContain(ben.id);
    const socket = await openSocket(backend.baseURL, ada.token);
    for (const name of signals.filter((one) => one.startsWith('typing:'))) {
      expect([name, codeOfAnswer(await socket.emit(name, { conversationId: things.conversationId }))]).toEqual([
        name,
        'CONVERSATION_NOT_FOUND',
      ]);
    }
    await hangUp(socket);

    const found: Record<string, string> = {};
    const about = forUsers.filter((id) => namesPeople(fieldsOf(id)) || ownedIdsOf(fieldsOf(id)).length > 0);
    // Those that are refused first: they change nothing, also not for each other.
    const note = async (id: EndpointId) => {
      found[id] = codeOf(await call(backend.baseURL, id, inputFor(id, things, ada, ben), { token: ada.token }));
    };
    await changingNothing(async () => {
      for (const id of about.filter((one) => expected[one] !== 'ok')) await note(id);
    });
    for (const id of about.filter((one) => expected[one] === 'ok')) await note(id);
    expect(found).toEqual(expected);
  });
});

describe('an account that may not be used', () => {
  const soon = new Date(Date.now() + 3_600_000);
  const standings: readonly [string, Partial<typeof tables.users.$inferInsert>, ErrorCode, unknown][] = [
    ['suspended', { status: 'suspended' }, 'ACCOUNT_SUSPENDED', { until: null }],
    ['suspended for a while', { status: 'suspended', suspendedUntil: soon }, 'ACCOUNT_SUSPENDED', { until: soon.toISOString() }],
    ['banned', { status: 'banned' }, 'ACCOUNT_BANNED', undefined],
    ['deleted', { status: 'deleted' }, 'ACCOUNT_DELETED', undefined],
  ];

  it.each(standings)('is refused everywhere at once, open sockets included: %s', async (_what, columns, code, details) => {
    const things = await makeThings(backend.baseURL, { withCall: true });
    const { ada, ben } = things;
    const socket = await openSocket(backend.baseURL, ada.token);
    await change(ada, columns);
    expect((await socket.closed).code).toBe(4003);

    await changingNothing(async () => {
      expect(await codesOverHttp(things, ada, ada.token)).toEqual(each(guarded, code));
      const again = await connect(backend.baseURL);
      const opened = await again.call('realtime.open', { token: ada.token });
      expect(opened).toMatchObject({ ok: false, error: { code } });
      expect((await again.closed).code).toBe(4001);

      const login = await call(backend.baseURL, 'auth.login', { email: ada.email, password });
      expect(login.body).toMatchObject({ success: false, code, ...(details === undefined ? {} : { details }) });
      expect(codeOf(await call(backend.baseURL, 'auth.login', { email: ada.email, password: 'a wrong guess' }))).toBe(
        'INVALID_CREDENTIALS',
      );
      expect(codeOf(await call(backend.baseURL, 'auth.refreshToken', { refreshToken: ada.refreshToken }))).toBe(code);
    });
    // For everyone else it is gone.
    expect(codeOf(await ben.call('profiles.profile', { userId: ada.id }))).toBe('USER_NOT_FOUND');
    expect((await ben.do<{ items: unknown[] }>('matches.matches')).items).toEqual([]);
    // What they wrote to others stays with those, without them.
    const left = columns.status === 'deleted' ? [expect.objectContaining({ id: things.conversationId, person: null, open: false })] : [];
    expect((await ben.do<{ items: unknown[] }>('conversations.list')).items).toEqual(left);
  });

  it('is good again once its suspension is over', async () => {
    const someone = await signUp(backend.baseURL);
    await change(someone, { status: 'suspended', suspendedUntil: new Date(Date.now() - 1000) });
    expect(codeOf(await someone.call('users.me'))).toBe('ok');
    expect(codeOf(await call(backend.baseURL, 'auth.login', { email: someone.email, password }))).toBe('ok');
  });

  it('is refused for a session that was signed out, on its socket and everywhere', async () => {
    const things = await makeThings(backend.baseURL, { withCall: true });
    const { ada } = things;
    const socket = await openSocket(backend.baseURL, ada.token);
    await ada.do('auth.logout');
    expect((await socket.closed).code).toBe(4003);
    await changingNothing(async () => {
      expect(await codesOverHttp(things, ada, ada.token)).toEqual(each(guarded, 'SESSION_REVOKED'));
      expect(codeOf(await call(backend.baseURL, 'auth.refreshToken', { refreshToken: ada.refreshToken }))).toBe('REFRESH_TOKEN_INVALID');
    });
  });
});
