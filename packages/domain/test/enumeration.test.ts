import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Passwords, type Ports, tableJobs, tables, type Vault, webCryptoPasswords, webCryptoVault } from '../src';
import { phonePlace } from '../src/users/accounts';
import { createWorld, type Device, type World } from './world';

const done: string[] = [];
/** Notes each thing that is done at a port, in its order; what time it takes is not looked at. */
const noting = <P extends object>(port: P, names: readonly (keyof P & string)[]): P =>
  new Proxy(port, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      const known = names.find((one) => one === name);
      if (typeof value !== 'function' || known === undefined) return value;
      return (...args: unknown[]) => {
        done.push(known === 'lookup' || known === 'seal' ? `${known} ${String(args[0])}` : known);
        return Reflect.apply(value, target, args);
      };
    },
  });

const knownPhone = '+351912345678';
let world: World;
let ada: Device;
beforeAll(async () => {
  const secret = 'a secret that is used in this test only';
  const passwords: Passwords = noting(webCryptoPasswords(1), ['hash', 'verify']);
  const vault: Vault = noting(webCryptoVault({ sealing: [secret], lookup: secret }), ['seal', 'open', 'lookup']);
  const jobs: Ports['jobs'] = noting(tableJobs(), ['insert']);
  world = await createWorld({ ports: { passwords, vault, jobs } });
  ada = await world.join('Ada');
  const phoneHash = await vault.lookup(phonePlace, knownPhone);
  const phoneSealed = await vault.seal(phonePlace, knownPhone);
  const phone = { phoneHash, phoneSealed, phoneVerifiedAt: world.clock.now };
  await world.database.db.update(tables.users).set(phone).where(eq(tables.users.id, ada.userId));
  // The hash that unknown emails are held against is made once.
  await world.send({ endpoint: 'auth.login', input: { email: 'first@example.com', password: 'x' } });
  await world.platform.jobs.runDue();
});
afterAll(() => world.close());
beforeEach(() => {
  done.length = 0;
});

async function workOf(endpoint: string, input: object): Promise<{ did: string[]; said: unknown }> {
  await world.platform.settled();
  done.length = 0;
  const said = await world.send({ endpoint, input });
  return { did: [...done], said: said.ok ? 'ok' : said.failure.code };
}

describe('the work before the answer is the same for an email or a number that has an account and one that has none', () => {
  it('at login', async () => {
    const known = await workOf('auth.login', { email: ada.email, password: 'not it' });
    const unknown = await workOf('auth.login', { email: 'nobody@example.com', password: 'not it' });
    expect(known.did).toContain('verify');
    expect(unknown).toEqual(known);
  });

  it('at forgotPassword', async () => {
    const known = await workOf('auth.forgotPassword', { email: ada.email });
    const unknown = await workOf('auth.forgotPassword', { email: 'nobody@example.com' });
    expect(known.did).toContain('insert');
    expect(unknown).toEqual(known);
  });

  it.each([
    ['an email', () => ada.email, 'nobody@example.com'],
    ['a number', () => knownPhone, '+351987654321'],
  ])('at sendOtp to %s', async (_, mine, nobodys) => {
    const known = await workOf('auth.sendOtp', { to: mine() });
    const unknown = await workOf('auth.sendOtp', { to: nobodys });
    expect(known.said).toBe('ok');
    expect(known.did).toContain('insert');
    expect(unknown).toEqual(known);
  });

  it('at register, as far as the hashing goes: that an email is taken is what the answer says', async () => {
    const about = { password: 'a good long password', displayName: 'Kim', birthDate: '1996-04-23', gender: 'other' };
    const taken = await workOf('auth.register', { ...about, email: ada.email });
    const free = await workOf('auth.register', { ...about, email: 'free@example.com' });
    expect([taken.said, free.said]).toEqual(['EMAIL_TAKEN', 'ok']);
    const hashes = ({ did }: { did: string[] }) => did.filter((one) => one === 'hash' || one === 'verify');
    expect(hashes(taken)).toEqual(hashes(free));
  });
});
