import { api, done, type Session } from '@app/contracts';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { equalInConstantTime, sha256 } from '../encoding';
import { notify } from '../notifications/notify';
import type { Context } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import { implement } from '../pipeline/implement';
import type { Passwords } from '../ports';
import { accountByEmail, createAccount, readMe, requireAdult } from '../users/accounts';
import { requireUsable } from '../users/standing';
import { users } from '../users/table';
import { deviceName } from './device';
import { signInByIdentity } from './identities';
import { resetPlace } from './jobs';
import { resetByLink, sendVerification, verifyByLink } from './links';
import { idOfLink, voidCodes } from './one-time';
import { attachPhone, sendOtp, signInByOtp } from './otp';
import { registerByTicket } from './registration';
import { issueTokens, revokeSessions, sessionEnd } from './sessions';
import { signIn } from './sign-in';
import { sessions } from './table';

const decoys = new WeakMap<Passwords, Promise<string>>();

/** A hash that is verified when there is no account, so that the answer takes as long as when there is one. */
function decoyOf(passwords: Passwords, secret: string): Promise<string> {
  const known = decoys.get(passwords);
  if (known !== undefined) return known;
  const made = passwords.hash(secret);
  decoys.set(passwords, made);
  // One that failed is made anew the next time.
  made.catch(() => decoys.delete(passwords));
  return made;
}

async function refresh(context: Context<'REFRESH_TOKEN_INVALID' | 'REFRESH_TOKEN_REUSED', undefined>, refreshToken: string) {
  const { db, now, ports, settings } = context;
  const sessionId = await ports.tokens.sessionOf(refreshToken);
  if (sessionId === undefined) throw context.fail('REFRESH_TOKEN_INVALID');
  // The row stays locked until the end: of many refreshes at once the first rotates, the others repeat its answer.
  const [session] = await db.select().from(sessions).where(eq(sessions.id, sessionId)).for('update');
  if (session === undefined) throw context.fail('REFRESH_TOKEN_INVALID');
  const [account] = await db.select().from(users).where(eq(users.id, session.userId));
  if (account === undefined) throw context.fail('REFRESH_TOKEN_INVALID');
  // The account first: who is banned is told so, and not that they were signed out.
  requireUsable(account, now);
  if (session.revokedAt !== null || session.expiresAt <= now) throw context.fail('REFRESH_TOKEN_INVALID');

  const hash = await sha256(refreshToken);
  const next = await ports.tokens.nextRefreshToken(refreshToken);
  if (equalInConstantTime(hash, session.refreshHash)) {
    await db
      .update(sessions)
      .set({
        refreshHash: await sha256(next),
        previousHash: hash,
        rotatedAt: now,
        lastSeenAt: now,
        expiresAt: sessionEnd(context),
        address: context.origin.address,
      })
      .where(eq(sessions.id, sessionId));
  } else {
    const isRepeat = session.previousHash !== null && equalInConstantTime(hash, session.previousHash);
    const isRecent = now.getTime() - session.rotatedAt.getTime() <= settings.refreshGraceSeconds * 1000;
    if (!isRepeat || !isRecent) {
      await revokeSessions(context, session.userId, { only: sessionId }, 'refresh_reused');
      context.log.warn({ userId: session.userId, sessionId }, 'a refresh token was used again, its session is signed out');
      throw context.fail.keeping('REFRESH_TOKEN_REUSED');
    }
  }
  return { tokens: await issueTokens(context, session.userId, sessionId, next) };
}

/** Refuses what is done by mail where nobody brings it, whoever asks. */
function requireMail(context: Context<'SIGN_IN_METHOD_UNAVAILABLE', unknown>): void {
  if (!context.settings.codeChannels.includes('email')) throw context.fail('SIGN_IN_METHOD_UNAVAILABLE');
}

export const authImplementation = implement(api.auth, {
  register: {
    async outside(context, { email, password, displayName, birthDate, gender }) {
      requireAdult(context, birthDate);
      const passwordHash = await context.ports.passwords.hash(password);
      return context.transact(async (work) => {
        const userId = await createAccount(work, { email, passwordHash, displayName, birthDate, gender, language: work.origin.language });
        if (work.settings.codeChannels.includes('email')) await sendVerification(work, userId);
        return signIn(work, userId);
      });
    },
  },

  login: {
    async outside(context, { email, password }) {
      const { passwords } = context.ports;
      const account = await accountByEmail(context, email);
      const matches = await passwords.verify(account?.passwordHash ?? (await decoyOf(passwords, context.newId())), password);
      if (account?.passwordHash == null || !matches) throw context.fail('INVALID_CREDENTIALS');
      return context.transact(async (work) => {
        // Held while the session is made: a change of the password waits, and signs this device out with the others.
        const [current] = await work.db.select().from(users).where(eq(users.id, account.id)).for('share');
        if (current?.passwordHash !== account.passwordHash) throw work.fail('INVALID_CREDENTIALS');
        requireUsable(current, work.now);
        return signIn(work, account.id);
      });
    },
  },

  refreshToken: (context, { refreshToken }) => refresh(context, refreshToken),

  async logout(context) {
    await revokeSessions(context, context.caller.userId, { only: context.caller.sessionId }, 'logout');
    return done;
  },

  async logoutAll(context) {
    return { revoked: await revokeSessions(context, context.caller.userId, 'all', 'logout_all') };
  },

  changePassword: {
    async outside(context, { currentPassword, newPassword }) {
      const { passwords } = context.ports;
      const { userId, sessionId } = context.caller;
      const [account] = await context.db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId));
      const before = account?.passwordHash ?? null;
      if (before === null || !(await passwords.verify(before, currentPassword))) throw context.fail('PASSWORD_WRONG');
      const passwordHash = await passwords.hash(newPassword);
      return context.transact(async (work) => {
        const changed = await work.db
          .update(users)
          .set({ passwordHash })
          .where(and(eq(users.id, userId), eq(users.passwordHash, before)))
          .returning({ id: users.id });
        // Another device changed it while this one was checked.
        if (changed.length === 0) throw work.fail('PASSWORD_WRONG');
        await voidCodes(work, userId, 'reset_password');
        await notify(work, { userId, kind: 'password_changed', data: { device: deviceName(work.origin.userAgent) } });
        return { revoked: await revokeSessions(work, userId, { except: sessionId }, 'password_changed') };
      });
    },
  },

  sendOtp: (context, { to, channel }) => sendOtp(context, { purpose: 'sign_in', userId: null, to, channel }),

  verifyOtp: signInByOtp,

  registerWithPhone: registerByTicket,

  verifyPhone: (context, { phone, channel }) =>
    sendOtp(context, { purpose: 'attach_phone', userId: context.caller.userId, to: phone, channel }),

  async confirmPhone(context, typed) {
    await attachPhone(context, typed);
    return readMe(context, context.caller.userId);
  },

  async verifyEmail(context, { token }) {
    await verifyByLink(context, token);
    return done;
  },

  async resendVerification(context) {
    requireMail(context);
    await sendVerification(context, context.caller.userId);
    return done;
  },

  /** Whether there is an account is looked at by the job: neither the answer nor its time can tell. */
  async forgotPassword(context, { email }) {
    requireMail(context);
    context.enqueue('auth.mailReset', { emailSealed: await context.ports.vault.seal(resetPlace, email) });
    return done;
  },

  resetPassword: {
    async outside(context, { token, newPassword }) {
      const { passwords, vault } = context.ports;
      // Nobody has passwords hashed here who does not bring a link of ours.
      if ((await idOfLink(vault, token)) === undefined) throw context.fail('LINK_INVALID');
      const passwordHash = await passwords.hash(newPassword);
      await context.transact((work) => resetByLink(work, token, passwordHash));
      return done;
    },
  },

  async providers({ settings }) {
    return settings.signInProviders;
  },

  firebaseLogin: {
    async outside(context, { idToken }) {
      const verdict = await context.ports.identity.verify(idToken, context.now).catch((error: unknown) => {
        context.log.error({ err: error }, 'the provider that vouches for people cannot be asked');
        throw fail('UNAVAILABLE');
      });
      if (!verdict.ok) throw context.fail(verdict.reason === 'unavailable' ? 'SIGN_IN_METHOD_UNAVAILABLE' : 'IDENTITY_TOKEN_INVALID');
      return context.transact((work) => signInByIdentity(work, verdict.identity));
    },
  },

  async listSessions({ db, caller, now }) {
    const found = await db
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, caller.userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
      .orderBy(desc(sessions.lastSeenAt))
      .limit(100);
    return {
      items: found.map(
        (row): Session => ({
          id: row.id,
          current: row.id === caller.sessionId,
          platform: row.platform,
          device: row.device,
          appVersion: row.appVersion,
          address: row.address,
          createdAt: row.createdAt.toISOString(),
          lastSeenAt: row.lastSeenAt.toISOString(),
        }),
      ),
    };
  },

  async revokeSession(context, { sessionId }) {
    const { userId } = context.caller;
    const revoked = await revokeSessions(context, userId, { only: sessionId }, 'revoked');
    if (revoked === 0) {
      const [known] = await context.db
        .select({ id: sessions.id })
        .from(sessions)
        .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId)));
      if (known === undefined) throw context.fail('SESSION_NOT_FOUND');
    }
    return done;
  },
});
