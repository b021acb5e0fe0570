import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localLimits, localOutbox, type Passwords, type Ports, tableJobs, tables, webCryptoPasswords, webCryptoVault } from '../src';
import type { EmbeddedDatabase } from '../src/db/pglite';
import { phonePlace } from '../src/users/accounts';
import { openFreshDatabase } from './empty-database';
import { createClock, createWorld, type Device, type World } from './world';

/** What was done at the ports and in the database, in its order; what time it takes is not looked at. */
const done: string[] = [];
const noting = <P extends object>(port: P, name: string, what: (method: string, args: readonly unknown[]) => unknown = () => ''): P =>
  new Proxy(port, {
    get(target, method, receiver) {
      const value: unknown = Reflect.get(target, method, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        done.push(`${name}.${String(method)} ${what(String(method), args)}`.trim());
        return Reflect.apply(value, target, args);
      };
    },
  });
/** Numbers of jobs are made anew each time; their names are what is to be done. */
const namesOf = (jobs: unknown) => (Array.isArray(jobs) ? jobs.map((job: { name?: string }) => job.name).join(' ') : '');

const knownPhone = '+351912345678';
let world: World;
let opened: EmbeddedDatabase;
let ada: Device;
/** An account each of which one may want to tell from none: its email. */
const accounts = new Map<string, string>();

beforeAll(async () => {
  const secret = 'a secret that is used in this test only';
  const passwords: Passwords = noting(webCryptoPasswords(1), 'passwords');
  const vault = noting(webCryptoVault({ sealing: [secret], lookup: secret }), 'vault', (_, [place]) => place);
  const jobs: Ports['jobs'] = noting(tableJobs(), 'jobs', (method, args) => (method === 'insert' ? namesOf(args[1]) : ''));
  const limits = noting(localLimits(), 'limits', (_, [key]) => key);
  const outbox = localOutbox(() => createClock().now);
  const [mail, sms, whatsApp] = [noting(outbox.mail, 'mail'), noting(outbox.sms, 'sms'), noting(outbox.whatsApp, 'whatsApp')];
  opened = await openFreshDatabase();
  const db = drizzle(opened.client, { schema: tables, logger: { logQuery: (query) => done.push(query) } });
  const ports = { passwords, vault, jobs, limits, sharedLimits: limits, outbox, mail, sms, whatsApp };
  world = await createWorld({ database: { ...opened, db }, limits: 'real', ports });

  ada = await world.join('Ada');
  const phoneHash = await vault.lookup(phonePlace, knownPhone);
  const phoneSealed = await vault.seal(phonePlace, knownPhone);
  const phone = { phoneHash, phoneSealed, phoneVerifiedAt: world.clock.now };
  await db.update(tables.users).set(phone).where(eq(tables.users.id, ada.userId));
  accounts.set('an account', ada.email);
  for (const status of ['suspended', 'banned', 'deleted'] as const) {
    const person = await world.join(status);
    await world.setStanding(person, { status, ...(status === 'suspended' ? { suspendedUntil: new Date('2030-01-01') } : {}) });
    accounts.set(`one that is ${status}`, person.email);
  }
  const kim = await world.join('Kim');
  await db.update(tables.users).set({ passwordHash: null }).where(eq(tables.users.id, kim.userId));
  accounts.set('one without a password', kim.email);
  // The hash that unknown emails are held against is made once.
  await world.send({ endpoint: 'auth.login', input: { email: 'first@example.com', password: 'x' } });
  await world.platform.jobs.runDue();
});
afterAll(async () => {
  await world.close();
  await opened.close();
});

let asked = 0;
const nobody = () => `nobody-${++asked}@example.com`;
/** From an address of its own, so that it is the first there. */
const elsewhere = () => `2001:db8::${++asked}`;

/** An answer without what is its own each time. */
function alike(text: string, to: string, address: string): string {
  return text
    .replaceAll(to, '<to>')
    .replaceAll(address, '<address>')
    .replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, '<id>');
}

interface Seen {
  readonly did: readonly string[];
  readonly said: string;
}

async function ask(endpoint: string, to: string, input: object, address = elsewhere()): Promise<Seen> {
  await world.platform.settled();
  done.length = 0;
  const answer = await world.send({ endpoint, input, origin: { address } });
  const did = done.map((one) => alike(one, to, address));
  return { did, said: alike(JSON.stringify(answer), to, address) };
}

/** What is answered until nothing is any more, half a minute after half a minute. */
async function askOften(endpoint: string, inputs: readonly (readonly [to: string, input: object])[]): Promise<string[][]> {
  const all = inputs.map(([to, input]) => ({ to, input, address: elsewhere(), said: [] as string[] }));
  for (let time = 0; time < 8; time += 1) {
    for (const { to, input, address, said } of all) said.push((await ask(endpoint, to, input, address)).said);
    world.clock.pass(31);
  }
  return all.map(({ said }) => said);
}

const login = (email: string) => [email, { email, password: 'not it' }] as const;
const forgot = (email: string) => [email, { email }] as const;
const code = (to: string) => [to, { to }] as const;
const kinds = ['an account', 'one that is suspended', 'one that is banned', 'one that is deleted', 'one without a password'];
const emailOf = (kind: string) => accounts.get(kind) ?? '';

describe.each(kinds)('the answer and the work before it tell nobody whether an email has %s', (kind) => {
  it('at login', async () => {
    const known = await ask('auth.login', ...login(emailOf(kind)));
    expect(known.said).toContain('INVALID_CREDENTIALS');
    expect(known.did).toContain('passwords.verify');
    expect(await ask('auth.login', ...login(nobody()))).toEqual(known);
  });

  it('at forgotPassword', async () => {
    const known = await ask('auth.forgotPassword', ...forgot(emailOf(kind)));
    expect(known.said).toContain('"ok":true');
    expect(known.did).toContain('jobs.insert auth.mailReset');
    expect(await ask('auth.forgotPassword', ...forgot(nobody()))).toEqual(known);
  });

  it('at sendOtp', async () => {
    const known = await ask('auth.sendOtp', ...code(emailOf(kind)));
    expect(known.said).toContain('"ok":true');
    expect(known.did).toContain('jobs.insert auth.sendCode');
    expect(await ask('auth.sendOtp', ...code(nobody()))).toEqual(known);
  });
});

describe('nor', () => {
  it('does a code to a number', async () => {
    const known = await ask('auth.sendOtp', ...code(knownPhone));
    expect(known.said).toContain('"channel":"whatsapp"');
    expect(await ask('auth.sendOtp', ...code('+351987654321'))).toEqual(known);
  });

  it.each([
    ['auth.login', login],
    ['auth.forgotPassword', forgot],
    ['auth.sendOtp', code],
  ] as const)('does how often %s may be asked, and what is said then', async (endpoint, inputOf) => {
    world.clock.pass(3600);
    const [known = [], unknown] = await askOften(endpoint, [inputOf(ada.email), inputOf(nobody())]);
    expect(new Set(known).size).toBeGreaterThan(1);
    expect(known.at(-1)).toContain('RATE_LIMITED');
    expect(unknown).toEqual(known);
  });
});

describe('that an email is taken is what register says', () => {
  const about = { password: 'a good long password', displayName: 'Kim', birthDate: '1996-04-23', gender: 'other' };
  const register = (email: string) => ask('auth.register', email, { ...about, email });
  const of = ({ did }: Seen, what: string) => did.filter((one) => one.startsWith(what));

  it('and nothing more: not whose account it is, nor how it stands', async () => {
    const taken = await register(ada.email);
    expect(taken.said).toContain('EMAIL_TAKEN');
    for (const kind of kinds) expect(await register(emailOf(kind))).toEqual(taken);
  });

  it('after hashing and counting as for anybody, and without a mail to anyone', async () => {
    const [taken, free] = [await register(ada.email), await register(nobody())];
    expect(free.said).toContain('"ok":true');
    expect(of(taken, 'passwords')).toEqual(['passwords.hash']);
    expect(of(free, 'passwords')).toEqual(['passwords.hash']);
    expect(of(taken, 'limits')).toHaveLength(2);
    expect(of(free, 'limits')).toEqual(of(taken, 'limits'));
    for (const what of ['mail', 'sms', 'whatsApp']) expect([...of(taken, what), ...of(free, what)]).toEqual([]);
    expect(of(taken, 'jobs')).toEqual([]);
  });
});
