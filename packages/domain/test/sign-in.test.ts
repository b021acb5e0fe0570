import type { OtpSent, SignInOutcome } from '@app/contracts';
import { eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localIdToken, type OutboxEntry, tables } from '../src';
import { createWorld, type Device, type World } from './world';

let world: World;
let refusesWhatsApp = false;
beforeAll(async () => {
  world = await createWorld({
    ports: {
      whatsApp: {
        async sendCode({ to, code }) {
          if (refusesWhatsApp) throw new Error('WhatsApp answered 400.');
          sentByWhatsApp.push({ to, code });
          return { id: `wamid.${sentByWhatsApp.length}` };
        },
      },
    },
  });
});
beforeEach(() => {
  refusesWhatsApp = false;
});
afterAll(() => world.close());

const sentByWhatsApp: { to: string; code: string }[] = [];
let numbers = 0;
const newPhone = () => {
  numbers += 1;
  return `+35191${String(2_000_000 + numbers).padStart(7, '0')}`;
};

const newcomer = { displayName: 'Kim', birthDate: '1996-04-23', gender: 'other' };

/** What the answer to a call brings; throws where it was refused. */
async function answer<T>(endpoint: string, input: object, rest: Partial<Parameters<World['send']>[0]> = {}): Promise<T> {
  const found = await world.send({ endpoint, input, ...rest });
  if (!found.ok) throw new Error(`${endpoint}: ${JSON.stringify(found.failure)}`);
  return found.data as T;
}

async function refusal(endpoint: string, input: object, rest: Partial<Parameters<World['send']>[0]> = {}) {
  const found = await world.send({ endpoint, input, ...rest });
  if (found.ok) throw new Error(`${endpoint} was answered: ${JSON.stringify(found.data)}`);
  return found.failure;
}

const deliver = () => world.platform.jobs.runDue();

async function newest(to: string): Promise<OutboxEntry> {
  await deliver();
  const entry = world.outbox.entries.find((one) => one.to === to);
  if (entry === undefined) throw new Error(`Nothing went to ${to}.`);
  return entry;
}

const codeIn = (text: string) => /\b\d{6}\b/.exec(text)?.[0] ?? '';
const tokenIn = (text: string) => /[0-9a-f-]{36}\.[\w-]{43}/.exec(text)?.[0] ?? '';

async function challenge(to: string, rest: object = {}): Promise<{ challengeId: string; code: string }> {
  const { challengeId, channel } = await answer<OtpSent>('auth.sendOtp', { to, ...rest });
  await deliver();
  const code = channel === 'whatsapp' ? sentByWhatsApp.findLast((one) => one.to === to)?.code : codeIn((await newest(to)).text);
  return { challengeId, code: code ?? '' };
}

async function joinByPhone(phone = newPhone()) {
  const { registration } = await answer<SignInOutcome>('auth.verifyOtp', await challenge(phone));
  const signedIn = await answer<{ user: { id: string }; tokens: { accessToken: string } }>('auth.registerWithPhone', {
    ticket: registration?.ticket,
    ...newcomer,
  });
  world.clock.pass(31);
  return { phone, id: signedIn.user.id, token: signedIn.tokens.accessToken };
}

const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

describe('a code', () => {
  it('makes an account for a number that has none, and signs in to it the next time', async () => {
    const { phone, id } = await joinByPhone();
    const outcome = await answer<SignInOutcome>('auth.verifyOtp', await challenge(phone));
    expect(outcome).toMatchObject({ session: { user: { id, phone, email: null, hasPassword: false } }, registration: null });
  });

  it('is asked for with the same answer, whether there is an account or not', async () => {
    const { phone } = await joinByPhone();
    const [known, unknown] = [
      await answer<OtpSent>('auth.sendOtp', { to: phone }),
      await answer<OtpSent>('auth.sendOtp', { to: newPhone() }),
    ];
    expect({ ...known, challengeId: '' }).toEqual({ ...unknown, challengeId: '' });
  });

  it('is kept nowhere', async () => {
    const to = newPhone();
    const { challengeId, code } = await challenge(to);
    const rows = await world.database.db.select().from(tables.oneTimeCodes).where(eq(tables.oneTimeCodes.id, challengeId));
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(JSON.stringify(rows)).not.toContain(to);
  });

  it('holds once', async () => {
    const typed = await challenge(newPhone());
    await answer('auth.verifyOtp', typed);
    expect(await refusal('auth.verifyOtp', typed)).toMatchObject({ code: 'OTP_EXPIRED' });
  });

  it('holds for five minutes', async () => {
    const [one, other] = [await challenge(newPhone()), await challenge(newPhone())];
    world.clock.pass(299);
    await answer('auth.verifyOtp', one);
    world.clock.pass(1);
    expect(await refusal('auth.verifyOtp', other)).toMatchObject({ code: 'OTP_EXPIRED' });
  });

  it('takes five wrong tries, and then not the right one either', async () => {
    const typed = await challenge(newPhone());
    for (const attemptsLeft of [4, 3, 2, 1, 0]) {
      expect(await refusal('auth.verifyOtp', { ...typed, code: wrong(typed.code) })).toMatchObject({
        code: 'OTP_INVALID',
        details: { attemptsLeft },
      });
    }
    expect(await refusal('auth.verifyOtp', typed)).toMatchObject({ code: 'OTP_EXPIRED' });
  });

  it('cannot be used up by somebody who was not given its challenge', async () => {
    const to = newPhone();
    const theirs = await challenge(to);
    world.clock.pass(31);
    const foreign = await challenge(to);
    for (let n = 0; n < 5; n += 1) await refusal('auth.verifyOtp', { ...foreign, code: wrong(foreign.code) });
    await answer('auth.verifyOtp', theirs);
  });

  it('is of its own challenge, and none other', async () => {
    const [one, other] = [await challenge(newPhone()), await challenge(newPhone())];
    if (one.code !== other.code) {
      expect(await refusal('auth.verifyOtp', { challengeId: one.challengeId, code: other.code })).toMatchObject({ code: 'OTP_INVALID' });
    }
    expect(await refusal('auth.verifyOtp', { challengeId: '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10', code: one.code })).toMatchObject({
      code: 'OTP_EXPIRED',
    });
  });

  it('is not sent again at once', async () => {
    const to = newPhone();
    await answer('auth.sendOtp', { to });
    world.clock.pass(20);
    expect(await refusal('auth.sendOtp', { to })).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterSeconds: 10 } });
    world.clock.pass(10);
    await answer('auth.sendOtp', { to });
  });

  it('goes to a number however it is written, and to none that cannot be', async () => {
    const to = newPhone();
    await answer('auth.sendOtp', { to: `${to.slice(0, 4)} ${to.slice(4, 7)}-${to.slice(7)}` });
    expect(await refusal('auth.sendOtp', { to })).toMatchObject({ code: 'RATE_LIMITED' });
    for (const nonsense of ['912345678', '+1', '+3510', 'somebody', '@', '+351912345678 ext. 5']) {
      expect([nonsense, (await refusal('auth.sendOtp', { to: nonsense })).code]).toEqual([nonsense, 'VALIDATION_FAILED']);
    }
    expect(await refusal('auth.sendOtp', { to: newPhone(), channel: 'email' })).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await refusal('auth.sendOtp', { to: 'kim@example.com', channel: 'sms' })).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('goes by SMS where WhatsApp does not take it', async () => {
    refusesWhatsApp = true;
    const to = newPhone();
    const { challengeId } = await answer<OtpSent>('auth.sendOtp', { to });
    const { channel, text } = await newest(to);
    expect(channel).toBe('sms');
    await answer('auth.verifyOtp', { challengeId, code: codeIn(text) });
  });

  it('is written in the language of the caller, and of the account where there is one', async () => {
    const to = newPhone();
    await answer('auth.sendOtp', { to, channel: 'sms' }, { origin: { language: 'pt' } });
    expect((await newest(to)).text).toMatch(/é o teu código Heartline/);
    const ada = await world.join('Ada');
    await ada.call('users.updatePreferences', { app: { language: 'de' } });
    await answer('auth.sendOtp', { to: ada.email }, { origin: { language: 'pt' } });
    expect(await newest(ada.email)).toMatchObject({ channel: 'email', subject: expect.stringMatching(/ist dein Heartline-Code/) });
  });

  it('is refused to an account that may not be used', async () => {
    const { phone, id } = await joinByPhone();
    await world.database.db.update(tables.users).set({ status: 'banned' }).where(eq(tables.users.id, id));
    expect(await refusal('auth.verifyOtp', await challenge(phone))).toMatchObject({ code: 'ACCOUNT_BANNED' });
  });
});

describe('a code by mail', () => {
  it('takes an account back from whoever made it with an address that is not theirs', async () => {
    const squatter = await world.join('Squatter');
    const { session } = await answer<SignInOutcome>('auth.verifyOtp', await challenge(squatter.email));
    expect(session).toMatchObject({ user: { id: squatter.userId, emailVerified: true, hasPassword: false } });
    expect(await squatter.refusal('users.me', {})).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await refusal('auth.login', { email: squatter.email, password: squatter.password })).toMatchObject({
      code: 'INVALID_CREDENTIALS',
    });
  });

  it('leaves an account as it is whose address was verified', async () => {
    const ada = await world.join('Ada');
    await answer('auth.verifyEmail', { token: tokenIn((await newest(ada.email)).text) });
    await answer('auth.verifyOtp', await challenge(ada.email));
    expect(await ada.call('users.me', {})).toMatchObject({ emailVerified: true, hasPassword: true });
  });
});

describe('a ticket', () => {
  it('makes one account', async () => {
    const { registration } = await answer<SignInOutcome>('auth.verifyOtp', await challenge(newPhone()));
    const input = { ticket: registration?.ticket, ...newcomer };
    await answer('auth.registerWithPhone', input);
    expect(await refusal('auth.registerWithPhone', input)).toMatchObject({ code: 'PHONE_TAKEN' });
  });

  it('is refused when it is old, changed or made up', async () => {
    const { registration } = await answer<SignInOutcome>('auth.verifyOtp', await challenge(newPhone()));
    const ticket = registration?.ticket ?? '';
    const [content = '', mark = ''] = ticket.split('.');
    const other = Buffer.from(
      Buffer.from(content, 'base64url')
        .toString()
        .replace(/\+351\d+/, '+351919999999'),
    ).toString('base64url');
    for (const forged of [`${other}.${mark}`, `${content}.`, content, `${ticket}.x`, `${content}.${'A'.repeat(43)}`, '.']) {
      expect([forged, (await refusal('auth.registerWithPhone', { ticket: forged, ...newcomer })).code]).toEqual([forged, 'TICKET_INVALID']);
    }
    world.clock.pass(15 * 60);
    expect(await refusal('auth.registerWithPhone', { ticket, ...newcomer })).toMatchObject({ code: 'TICKET_INVALID' });
  });
});

describe('attaching a phone', () => {
  async function attach(device: Device, phone: string) {
    const { challengeId } = await device.call('auth.verifyPhone', { phone, channel: 'sms' });
    return { challengeId, code: codeIn((await newest(phone)).text) };
  }

  it('takes a code of one’s own', async () => {
    const [ada, eve] = [await world.join('Ada'), await world.join('Eve')];
    const phone = newPhone();
    const typed = await attach(ada, phone);
    expect(await eve.refusal('auth.confirmPhone', typed)).toMatchObject({ code: 'OTP_EXPIRED' });
    expect(await refusal('auth.verifyOtp', typed)).toMatchObject({ code: 'OTP_EXPIRED' });
    expect(await ada.call('auth.confirmPhone', typed)).toMatchObject({ phone });
    const { session } = await answer<SignInOutcome>('auth.verifyOtp', await challenge(phone));
    expect(session?.user.id).toBe(ada.userId);
  });

  it('is refused for a number that somebody has', async () => {
    const { phone } = await joinByPhone();
    const ada = await world.join('Ada');
    expect(await ada.refusal('auth.confirmPhone', await attach(ada, phone))).toMatchObject({ code: 'PHONE_TAKEN' });
    expect(await ada.call('users.me', {})).toMatchObject({ phone: null });
  });
});

describe('what was sent', () => {
  it('to attach a number holds for five minutes, and for who asked for it', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    const phone = newPhone();
    const { challengeId } = await ada.call('auth.verifyPhone', { phone, channel: 'sms' });
    const code = codeIn((await newest(phone)).text);
    expect(await ben.refusal('auth.confirmPhone', { challengeId, code })).toMatchObject({ code: 'OTP_EXPIRED' });
    expect(await refusal('auth.verifyOtp', { challengeId, code })).toMatchObject({ code: 'OTP_EXPIRED' });
    world.clock.pass(300);
    expect(await ada.refusal('auth.confirmPhone', { challengeId, code })).toMatchObject({ code: 'OTP_EXPIRED' });
    expect(await ada.call('users.me', {})).toMatchObject({ phone: null });
  });

  it('to one device signs in another that knows its challenge, and none that has one of its own', async () => {
    const to = newPhone();
    const phone = await challenge(to);
    world.clock.pass(31);
    const { challengeId } = await answer<OtpSent>('auth.sendOtp', { to }, { origin: { deviceId: 'another-device-of-theirs' } });
    expect(await refusal('auth.verifyOtp', { challengeId, code: phone.code })).toMatchObject({ code: 'OTP_INVALID' });
    await answer('auth.verifyOtp', phone, { origin: { deviceId: 'another-device-of-theirs' } });
  });

  it('to verify an email holds for a day, at its own address, and is not to be forged', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    const [ofAda, ofBen] = [tokenIn((await newest(ada.email)).text), tokenIn((await newest(ben.email)).text)];
    const [id = ''] = ofAda.split('.');
    for (const token of [`${id}.${'A'.repeat(43)}`, `${id}.${ofBen.split('.')[1]}`, id, 'x']) {
      expect(await refusal('auth.verifyEmail', { token })).toMatchObject({ code: 'LINK_INVALID' });
    }
    // It is of whose address it was mailed to, whoever opens it.
    await ben.call('auth.verifyEmail', { token: ofAda });
    expect(await ada.call('users.me', {})).toMatchObject({ emailVerified: true });
    expect(await ben.call('users.me', {})).toMatchObject({ emailVerified: false });
    world.clock.pass(24 * 60 * 60);
    expect(await refusal('auth.verifyEmail', { token: ofBen })).toMatchObject({ code: 'LINK_INVALID' });
    expect(await ben.refusal('users.me', {})).toMatchObject({ code: 'TOKEN_EXPIRED' });
  });
});

describe('a forgotten password', () => {
  async function resetToken(email: string) {
    await answer('auth.forgotPassword', { email });
    return tokenIn((await newest(email)).text);
  }

  it('is replaced by the link, once, and every device is signed out', async () => {
    const ada = await world.join('Ada');
    const token = await resetToken(ada.email);
    await answer('auth.resetPassword', { token, newPassword: 'staple a better battery' });
    expect(await ada.refusal('users.me', {})).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await refusal('auth.login', { email: ada.email, password: ada.password })).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    await answer('auth.login', { email: ada.email, password: 'staple a better battery' });
    expect(await refusal('auth.resetPassword', { token, newPassword: 'another password' })).toMatchObject({ code: 'LINK_INVALID' });
  });

  it('sends nothing to an address without an account, and answers the same', async () => {
    await deliver();
    const before = world.outbox.entries.length;
    expect(await answer('auth.forgotPassword', { email: 'nobody@example.com' })).toEqual({ done: true });
    await deliver();
    expect(world.outbox.entries.length).toBe(before);
  });

  it('keeps no link and no address in the clear', async () => {
    const ada = await world.join('Ada');
    await deliver();
    await answer('auth.forgotPassword', { email: ada.email });
    const waiting = await world.database.db
      .select()
      .from(tables.jobs)
      .where(like(tables.jobs.payload, `%${ada.email}%`));
    expect(waiting).toEqual([]);
  });

  it('takes neither a link that is old, nor the one before, nor one for something else, nor one that is made up', async () => {
    const ada = await world.join('Ada');
    const verification = tokenIn((await newest(ada.email)).text);
    const [first, second] = [await resetToken(ada.email), await resetToken(ada.email)];
    const [id = ''] = second.split('.');
    for (const token of [first, verification, `${id}.${'A'.repeat(43)}`, id, 'x']) {
      expect([token, (await refusal('auth.resetPassword', { token, newPassword: 'another password' })).code]).toEqual([
        token,
        'LINK_INVALID',
      ]);
    }
    world.clock.pass(30 * 60);
    expect(await refusal('auth.resetPassword', { token: second, newPassword: 'another password' })).toMatchObject({ code: 'LINK_INVALID' });
    expect(await refusal('auth.login', { email: ada.email, password: 'another password' })).toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });

  it('is not set by a link that was mailed before the password was changed', async () => {
    const ada = await world.join('Ada');
    const token = await resetToken(ada.email);
    await ada.call('auth.changePassword', { currentPassword: ada.password, newPassword: 'staple a better battery' });
    expect(await refusal('auth.resetPassword', { token, newPassword: 'another password' })).toMatchObject({ code: 'LINK_INVALID' });
  });
});

describe('a provider', () => {
  let subjects = 0;
  const tokenOf = (identity: { email?: string; emailVerified?: boolean; subject?: string; lives?: number }) => {
    subjects += 1;
    const { email = null, emailVerified = true, subject = `subject-${subjects}`, lives = 3600 } = identity;
    return localIdToken(
      { subject, via: 'google.com', email, emailVerified, phone: null },
      new Date(world.clock.now.getTime() + lives * 1000),
    );
  };
  const login = (idToken: string) => answer<SignInOutcome>('auth.firebaseLogin', { idToken });

  it('makes an account, and is known again', async () => {
    const idToken = tokenOf({ email: 'kim@provider.example', subject: 'kim' });
    const { registration } = await login(idToken);
    const { user } = await answer<{ user: { id: string } }>('auth.registerWithPhone', { ticket: registration?.ticket, ...newcomer });
    expect(user).toMatchObject({ email: 'kim@provider.example', emailVerified: true, hasPassword: false });
    expect((await login(tokenOf({ email: 'renamed@provider.example', subject: 'kim' }))).session?.user.id).toBe(user.id);
  });

  it('gets into an account that is there already only where both sides have verified its email', async () => {
    const ada = await world.join('Ada');
    expect(await refusal('auth.firebaseLogin', { idToken: tokenOf({ email: ada.email }) })).toMatchObject({ code: 'IDENTITY_UNPROVEN' });
    await answer('auth.verifyEmail', { token: tokenIn((await newest(ada.email)).text) });
    const unverified = await login(tokenOf({ email: ada.email, emailVerified: false }));
    expect(unverified.session).toBeNull();
    const { user } = await answer<{ user: { id: string; email: string | null } }>('auth.registerWithPhone', {
      ticket: unverified.registration?.ticket,
      ...newcomer,
    });
    expect(user).toMatchObject({ email: null });
    expect((await login(tokenOf({ email: ada.email }))).session?.user.id).toBe(ada.userId);
  });

  it('that cannot be asked is no reason to call a token wrong', async () => {
    const away = await createWorld({ ports: { identity: { verify: () => Promise.reject(new Error('connect ECONNREFUSED')) } } });
    const sent = await away.send({ endpoint: 'auth.firebaseLogin', input: { idToken: 'x.y.z' } });
    expect(sent).toMatchObject({ ok: false, failure: { code: 'UNAVAILABLE', status: 503 } });
    await away.close();
  });

  it('is not believed with a token that is old, forged or for somebody else', async () => {
    const good = tokenOf({ email: 'kim@provider.example' });
    const [header = '', payload = ''] = good.split('.');
    const elsewhere = Buffer.from(Buffer.from(payload, 'base64url').toString().replaceAll('heartline-local', 'another')).toString(
      'base64url',
    );
    for (const idToken of [tokenOf({ lives: 0 }), `${header}.${elsewhere}.`, `${header}.${payload}.signature`, 'x', 'x.y.z']) {
      expect([idToken, (await refusal('auth.firebaseLogin', { idToken })).code]).toEqual([idToken, 'IDENTITY_TOKEN_INVALID']);
    }
  });
});

describe('where a provider is not set up', () => {
  let bare: World;
  beforeAll(async () => {
    bare = await createWorld({ settings: { codeChannels: [] } });
  });
  afterAll(() => bare.close());

  it('its webhooks are refused, whatever they bear', async () => {
    const origin = { requestId: 'r', address: '192.0.2.1' };
    const headers = { 'x-hub-signature-256': 'sha256=', 'x-twilio-signature': '' };
    for (const [name, path] of [
      ['whatsappVerify', '/?hub.verify_token=null'],
      ['whatsappEvents', '/'],
      ['twilioMessageStatus', '/'],
    ] as const) {
      const sent = bare.platform.receive(name, { body: new Uint8Array(), path, headers, origin });
      await expect(sent).rejects.toMatchObject({ code: 'WEBHOOK_SIGNATURE_INVALID' });
    }
  });

  it('what it would bring is refused with a code, and a sign-up goes without its mail', async () => {
    const before = await bare.database.db.$count(tables.oneTimeCodes);
    const ada = await bare.join('Ada');
    for (const [endpoint, input] of [
      ['auth.sendOtp', { to: newPhone() }],
      ['auth.sendOtp', { to: newPhone(), channel: 'sms' }],
      ['auth.sendOtp', { to: 'kim@example.com' }],
      ['auth.forgotPassword', { email: 'nobody@example.com' }],
      ['auth.forgotPassword', { email: ada.email }],
    ] as const)
      expect(await bare.send({ endpoint, input })).toMatchObject({ ok: false, failure: { code: 'SIGN_IN_METHOD_UNAVAILABLE' } });
    expect(await ada.refusal('auth.verifyPhone', { phone: newPhone() })).toMatchObject({ code: 'SIGN_IN_METHOD_UNAVAILABLE' });
    expect(await ada.refusal('auth.resendVerification', {})).toMatchObject({ code: 'SIGN_IN_METHOD_UNAVAILABLE' });
    expect(await bare.database.db.$count(tables.oneTimeCodes)).toBe(before);
  });
});

it('a code to a number goes by SMS at once where nobody brings it by WhatsApp', async () => {
  const texting = await createWorld({ settings: { codeChannels: ['sms'] } });
  const to = newPhone();
  expect(await texting.send({ endpoint: 'auth.sendOtp', input: { to, channel: 'whatsapp' } })).toMatchObject({ data: { channel: 'sms' } });
  await texting.platform.jobs.runDue();
  expect(texting.outbox.entries).toMatchObject([{ channel: 'sms', to }]);
  await texting.close();
});
