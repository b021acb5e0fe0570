import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { accountByEmail, tables, webCryptoVault } from '../src';
import { rows } from '../src/db/database';
import { createWorld, type World } from './world';

const [first, second, lookup] = [
  'the first secret of thirty-two letters',
  'the second secret of thirty-two chars',
  'what things are found by, and nothing else',
];

describe('the vault', () => {
  const vault = webCryptoVault({ sealing: [first], lookup });

  it('opens what it sealed, and never seals the same text the same way', async () => {
    const [one, other] = [await vault.seal('users.email', 'ada@example.com'), await vault.seal('users.email', 'ada@example.com')];
    expect(one).not.toBe(other);
    expect(one).not.toContain('ada');
    expect(await vault.open('users.email', one)).toBe('ada@example.com');
    expect(await vault.open('users.email', await vault.seal('users.email', ''))).toBe('');
  });

  it('does not open what was sealed for another place, changed, cut off, or sealed by another key', async () => {
    const sealed = await vault.seal('users.email', 'ada@example.com');
    await expect(vault.open('users.phone', sealed)).rejects.toThrow();
    await expect(vault.open('users.email', sealed.slice(0, -4))).rejects.toThrow();
    const at = sealed.length - 6;
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    await expect(vault.open('users.email', changed)).rejects.toThrow();
    await expect(webCryptoVault({ sealing: [second], lookup }).open('users.email', sealed)).rejects.toThrow('a key that is not there');
  });

  it('finds a text by the same hash whatever seals, and by another one in another place or with another secret', async () => {
    const hash = await vault.lookup('users.email', 'ada@example.com');
    expect(await webCryptoVault({ sealing: [second, first], lookup }).lookup('users.email', 'ada@example.com')).toBe(hash);
    expect(await vault.lookup('users.phone', 'ada@example.com')).not.toBe(hash);
    expect(await webCryptoVault({ sealing: [first], lookup: second }).lookup('users.email', 'ada@example.com')).not.toBe(hash);
  });
});

describe('an account', () => {
  let world: World;
  afterEach(() => world.close());

  const kept = () => rows<Record<string, string>>(world.database.db, sql`select * from ${tables.users}`);

  it('stands in the database without its email, and is found by it', async () => {
    world = await createWorld();
    const ada = await world.join('Ada');
    expect(JSON.stringify(await kept())).not.toContain(ada.email);
    expect((await accountByEmail({ db: world.database.db, ports: world.ports }, ada.email))?.id).toBe(ada.userId);
    expect((await ada.call('users.me', {})).email).toBe(ada.email);
  });

  it('is sealed anew with the newest key, a batch after the other, and read meanwhile', async () => {
    const old = webCryptoVault({ sealing: [first], lookup });
    world = await createWorld({ ports: { vault: old } });
    const ada = await world.join('Ada');
    // More than one batch: copies of Ada's row that differ in what has to.
    await world.database.db.execute(sql`insert into users (id, email_sealed, email_hash, created_at)
      select gen_random_uuid(), email_sealed, 'copy ' || n, created_at from users, generate_series(1, 250) n`);
    const replaced = webCryptoVault({ sealing: [second, first], lookup });
    const later = await createWorld({ database: world.database, ports: { vault: replaced } });
    const stale = async () => (await kept()).filter(({ email_sealed }) => !email_sealed?.startsWith(newest));
    const newest = await replaced.newest;
    expect(await stale()).toHaveLength(251);
    expect((await later.signIn(ada)).email).toBe(ada.email);
    await later.platform.work.transact((work) => work.enqueue('secrets.reseal', {}));
    await later.platform.jobs.runDue();
    expect(await stale()).toEqual([]);
    const alone = webCryptoVault({ sealing: [second], lookup });
    const last = await createWorld({ database: world.database, ports: { vault: alone } });
    expect((await last.signIn(ada)).email).toBe(ada.email);
    await Promise.all([later.platform.stop(), last.platform.stop()]);
  });
});
