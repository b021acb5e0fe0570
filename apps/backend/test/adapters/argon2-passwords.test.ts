import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { argon2Passwords } from '../../src/adapters/argon2-passwords';

const passwords = argon2Passwords();

describe('passwords by Argon2id', () => {
  it('are hashed with the parameters OWASP gives first, and verified', async () => {
    const stored = await passwords.hash('correct horse battery');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.hash('correct horse battery')).not.toBe(stored);
    expect(await passwords.verify(stored, 'correct horse battery')).toBe(true);
    expect(await passwords.verify(stored, 'correct horse batterz')).toBe(false);
  });

  it('are verified against nothing else', async () => {
    expect(await passwords.verify('pbkdf2$1$AAAA$AAAA', 'correct horse battery')).toBe(false);
    expect(await passwords.verify('', '')).toBe(false);
  });

  it('leave the event loop to others, however many are hashed', async () => {
    let left = 12;
    const hashing = Promise.all(
      Array.from({ length: left }, async (_, index) => {
        await passwords.hash(`password number ${index}`);
        left -= 1;
      }),
    );
    // The loop turns on and on between the first and the last of them; hashed on it, it would turn once for each.
    let turns = 0;
    while (left > 0) {
      await setImmediate();
      turns += 1;
    }
    await hashing;
    expect(turns).toBeGreaterThan(200);
  });

  it('are hashed in the order in which they came, and refused where too many wait', async () => {
    const bounded = argon2Passwords({ atOnce: 1, waiting: 2 });
    const done: number[] = [];
    const asked = [0, 1, 2, 3].map((index) => bounded.hash(`password number ${index}`).then(() => done.push(index)));
    await expect(asked[3]).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await Promise.all(asked.slice(0, 3));
    expect(done).toEqual([0, 1, 2]);
    // The place of one that failed is free again.
    await expect(bounded.verify('$argon2id$nonsense', 'x')).rejects.toThrow();
    expect(await bounded.hash('again')).toMatch(/^\$argon2id\$/);
  });
});
