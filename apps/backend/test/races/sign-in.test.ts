import { randomUUID } from 'node:crypto';
import { type OtpSent, otpResendSeconds } from '@app/contracts';
import { tables } from '@app/domain';
import { eq, isNotNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDatabase, startTestBackend, type TestBackend } from '../rig/backend';
import { call, codeOf } from '../rig/http';
import { password, signUp } from '../rig/people';
import { codeIn, newestTo, newPhone, proofFor } from '../rig/proofs';

/** Many at once on a real PostgreSQL, and two backends on one. What is guarded is counted there. */
let backend: TestBackend;
let databaseUrl = '';
const env = () => ({ DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: '16', TRUST_PROXY: 'true' });

beforeAll(async () => {
  databaseUrl = await newDatabase();
  backend = await startTestBackend('postgres', { env: env() });
});
afterAll(() => backend.close());

const at = <T>(length: number, make: (index: number) => Promise<T>) => Promise.all(Array.from({ length }, (_, index) => make(index)));
const deliver = () => backend.platform.jobs.runDue();
const db = () => backend.platform.kernel.database.db;
const newcomer = { displayName: 'Kim', birthDate: '1996-04-23', gender: 'other' };

function tally(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

describe('at once', () => {
  it('one code is taken once', async () => {
    const by = await signUp(backend.baseURL);
    const typed = await proofFor(backend.baseURL, 'auth.verifyOtp', by, deliver);
    expect(tally(await at(10, async () => codeOf(await call(backend.baseURL, 'auth.verifyOtp', typed))))).toEqual({
      ok: 1,
      OTP_EXPIRED: 9,
    });
  });

  it('ten wrong tries count as ten: five are told, and none is given away', async () => {
    const by = await signUp(backend.baseURL);
    const typed = await proofFor(backend.baseURL, 'auth.verifyOtp', by, deliver);
    const code = typed.code === '000000' ? '000001' : '000000';
    const codes = await at(10, async () => codeOf(await call(backend.baseURL, 'auth.verifyOtp', { ...typed, code })));
    expect(tally(codes)).toEqual({ OTP_INVALID: 5, OTP_EXPIRED: 5 });
    expect(codeOf(await call(backend.baseURL, 'auth.verifyOtp', typed))).toBe('OTP_EXPIRED');
  });

  it('one ticket makes one account', async () => {
    const by = await signUp(backend.baseURL);
    const { ticket } = await proofFor(backend.baseURL, 'auth.registerWithPhone', by, deliver);
    const codes = await at(8, async () => codeOf(await call(backend.baseURL, 'auth.registerWithPhone', { ticket, ...newcomer })));
    expect(tally(codes)).toEqual({ ok: 1, PHONE_TAKEN: 7 });
  });

  it('one link sets one password', async () => {
    const by = await signUp(backend.baseURL);
    const { token } = await proofFor(backend.baseURL, 'auth.resetPassword', by, deliver);
    const replies = await at(6, async (index) =>
      codeOf(await call(backend.baseURL, 'auth.resetPassword', { token, newPassword: `password number ${index}` })),
    );
    expect(tally(replies)).toEqual({ ok: 1, LINK_INVALID: 5 });
    const logins = await at(6, async (index) =>
      codeOf(await call(backend.baseURL, 'auth.login', { email: by.email, password: `password number ${index}` })),
    );
    expect(logins).toEqual(replies.map((code) => (code === 'ok' ? 'ok' : 'INVALID_CREDENTIALS')));
  });

  it('two people confirm one number, and one of them has it', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const people = [await signUp(backend.baseURL), await signUp(backend.baseURL)];
      const phone = newPhone();
      const typed: { challengeId: string; code: string }[] = [];
      for (const one of people) {
        const { challengeId } = await one.do<OtpSent>('auth.verifyPhone', { phone });
        typed.push({ challengeId, code: codeIn(await newestTo(backend.baseURL, phone, deliver, typed.length + 1)) });
        await backend.advance(otpResendSeconds * 1000);
      }
      const codes = await Promise.all(people.map(async (one, index) => codeOf(await one.call('auth.confirmPhone', typed[index]))));
      expect(tally(codes)).toEqual({ ok: 1, PHONE_TAKEN: 1 });
    }
    expect(await db().$count(tables.users, isNotNull(tables.users.phoneHash))).toBeGreaterThanOrEqual(5);
  });
});

describe('on two replicas', () => {
  let one: TestBackend;
  let other: TestBackend;
  beforeAll(async () => {
    // Guards as they are: counted in the database.
    [one, other] = await Promise.all([
      startTestBackend('postgres', { env: env(), ports: { sharedLimits: undefined } }),
      startTestBackend('postgres', { env: env(), ports: { sharedLimits: undefined } }),
    ]);
  });
  afterAll(() => Promise.all([one?.close(), other?.close()]));

  const from = (address: string, deviceId?: string) => ({
    'x-forwarded-for': address,
    ...(deviceId === undefined ? {} : { 'x-device-id': deviceId }),
  });
  const login = async (at: TestBackend, email: string, given: string, headers: Readonly<Record<string, string>>) =>
    codeOf(await call(at.baseURL, 'auth.login', { email, password: given }, { headers }));

  it('five wrong passwords from one address are all there are, wherever they are tried', async () => {
    const { email } = await signUp(backend.baseURL);
    const headers = from('203.0.113.5');
    const tries = await at(12, (index) => login(index % 2 === 0 ? one : other, email, 'a wrong password', headers));
    expect(tally(tries)).toEqual({ INVALID_CREDENTIALS: 5, RATE_LIMITED: 7 });
    expect(await login(one, email, password, headers)).toBe('RATE_LIMITED');
    expect(await login(other, email, password, from('203.0.113.6'))).toBe('ok');
  });

  it('whoever attacks from everywhere shuts out strangers, and not a device of the owner', { timeout: 60_000 }, async () => {
    const { email } = await signUp(backend.baseURL);
    const [mine, foreign] = [`device-of-the-owner-${randomUUID()}`, `device-of-a-stranger-${randomUUID()}`];
    expect(await login(one, email, password, from('198.51.100.1', mine))).toBe('ok');
    const tries: string[] = [];
    for (let round = 0; round < 11; round += 1) {
      tries.push(
        ...(await at(10, (index) =>
          login(index % 2 === 0 ? one : other, email, 'a wrong password', from(`192.0.2.${round * 10 + index}`, foreign)),
        )),
      );
    }
    expect(tally(tries)).toEqual({ INVALID_CREDENTIALS: 100, RATE_LIMITED: 10 });
    expect(await login(other, email, password, from('198.51.100.2', foreign))).toBe('RATE_LIMITED');
    expect(await login(other, email, password, from('198.51.100.2', mine))).toBe('ok');
    // And it is counted by what tells nobody whose it is.
    const counts = await db().select().from(tables.limitCounts).where(eq(tables.limitCounts.used, 100));
    expect(counts.length).toBeGreaterThan(0);
    expect(JSON.stringify(counts)).not.toContain(email);
  });

  it('three codes in ten minutes are all that go to a number', async () => {
    const to = newPhone();
    const codes: string[] = [];
    for (const at of [one, other, one, other]) {
      codes.push(codeOf(await call(at.baseURL, 'auth.sendOtp', { to })));
      for (const each of [one, other]) await each.advance(otpResendSeconds * 1000);
    }
    expect(codes).toEqual(['ok', 'ok', 'ok', 'RATE_LIMITED']);
  });
});
