import { createServer } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, openBrowser, openDevice, openSite, type Site, sayWho, signOut } from './rig';

/** A port that nobody listens on now: links in mails need to know it before the service starts. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

describe('someone who has no password at hand', () => {
  let site: Site;
  let browser: Browser;
  let kim: Device;

  beforeAll(async () => {
    const port = await freePort();
    [site, browser] = await Promise.all([openSite({ PORT: String(port), PUBLIC_BASE_URL: `http://localhost:${port}` }), openBrowser()]);
    kim = await openDevice(browser, site.url);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const outbox = () => kim.page.getByRole('region', { name: 'Outbox' });

  it('signs up by phone with a code out of the outbox', async () => {
    const { page } = kim;
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Sign in with a code instead' }).click();
    await page.getByLabel('Country').selectOption('PT');
    await page.getByLabel('Phone number').fill('912 345 678');
    await page.getByRole('button', { name: 'Send code' }).click();
    await page.getByText('We sent it to +351912345678 by WhatsApp.').waitFor();
    expect(await page.getByLabel('Six digits').getAttribute('autocomplete')).toBe('one-time-code');
    expect(await page.getByRole('button', { name: /^New code in/ }).isDisabled()).toBe(true);

    await page.getByRole('button', { name: 'Open the outbox' }).click();
    const text = await outbox()
      .getByText(/^\d{6}$/)
      .first()
      .textContent();
    await outbox().getByRole('button', { name: 'Close' }).click();
    const code = text ?? '';
    await page.getByLabel('Six digits').fill(code === '000000' ? '000001' : '000000');
    await page.getByText('That is not the code. You have 4 more tries.').waitFor();
    // As it is pasted out of a message, with words around it.
    await page.getByLabel('Six digits').fill(`Code: ${code.slice(0, 3)} ${code.slice(3)}`);

    await sayWho(kim, 'Kim');
    await page.goto('/settings/contact');
    await page.getByText('+351912345678').waitFor();
  });

  it('resets a password by the link that is mailed', async () => {
    const { page } = kim;
    const account = { email: 'ada@example.com', displayName: 'Ada', birthDate: '1995-06-15', gender: 'female' };
    const made = await page.request.post('/api/v1/auth/register', { data: { ...account, password: 'a password to forget' } });
    expect(made.status()).toBe(200);
    await signOut(kim);
    await page.getByRole('link', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    // The page before has a field of that name too.
    await page.getByRole('button', { name: 'Send link' }).waitFor();
    await page.getByLabel('Email').fill(account.email);
    await page.getByRole('button', { name: 'Send link' }).click();
    await page.getByRole('heading', { name: 'Look in your mail' }).waitFor();

    await page.getByRole('button', { name: 'Open the outbox' }).click();
    await outbox()
      .getByRole('link', { name: /reset-password\?token=/ })
      .first()
      .click();
    const link = page.url();
    await page.getByLabel('New password', { exact: true }).fill('staple a better battery');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByLabel('Email').fill(account.email);
    await page.getByLabel('Password', { exact: true }).fill('staple a better battery');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'Discover' }).waitFor();

    // Who could read that mail has shown that the address is theirs.
    await page.goto('/settings/contact');
    await page.getByText('Verified', { exact: true }).waitFor();

    // Once, and not again.
    await page.goto(link);
    await page.getByLabel('New password', { exact: true }).fill('yet another password');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'This link is over' }).waitFor();
  });

  it('proves an email by the link that is mailed, and attaches a phone by the code', async () => {
    const { page } = kim;
    await signOut(kim);
    await page.goto('/sign-up');
    await page.getByLabel('Name').fill('Lea');
    await page.getByLabel('Birth date').fill('1995-06-15');
    await page.getByLabel('Gender').selectOption('Woman');
    await page.getByLabel('Email').fill('lea@example.com');
    await page.getByLabel('Password', { exact: true }).fill('a good long password');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Show your face' }).waitFor();
    await page.getByRole('button', { name: 'Open the outbox' }).click();
    await outbox()
      .getByRole('listitem')
      .filter({ hasText: 'lea@example.com' })
      .getByRole('link', { name: /verify-email\?token=/ })
      .click();
    await page.getByRole('heading', { name: 'Your email is verified' }).waitFor();

    await page.goto('/settings/contact');
    await page.getByText('Verified', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Add a number' }).click();
    await page.getByLabel('Country').selectOption('PT');
    await page.getByLabel('Phone number').fill('913 456 789');
    await page.getByRole('button', { name: 'Send code' }).click();
    await page.getByText('We sent it to +351913456789 by WhatsApp.').waitFor();
    await page.getByRole('button', { name: 'Open the outbox' }).click();
    // By its number: the outbox still shows the code of who signed up by phone, and this one comes when its job has run.
    const code = await outbox()
      .getByRole('listitem')
      .filter({ hasText: '+351913456789' })
      .getByText(/^\d{6}$/)
      .textContent();
    await outbox().getByRole('button', { name: 'Close' }).click();
    await page.getByLabel('Six digits').fill(code ?? '');
    await page.getByText('+351913456789', { exact: true }).waitFor();
    expect(await page.getByText('Verified', { exact: true }).count()).toBe(2);
  });

  it('signs in by Google to the account whose email is proven', async () => {
    const { page } = kim;
    await signOut(kim);
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Continue with Google' }).click();
    const dialog = page.getByRole('dialog', { name: 'Google, for development' });
    await dialog.getByLabel('Email').fill('lea@example.com');
    await dialog.getByRole('button', { name: 'Be this person' }).click();
    await page.getByRole('link', { name: 'Discover' }).waitFor();
    await page.goto('/settings/contact');
    await page.getByText('+351913456789', { exact: true }).waitFor();
  });

  it('signs every other device out at once, and stays here', async () => {
    const { page } = kim;
    const tablet = await openDevice(browser, site.url);
    await tablet.page.goto('/sign-in');
    await tablet.page.getByLabel('Email').fill('lea@example.com');
    await tablet.page.getByLabel('Password', { exact: true }).fill('a good long password');
    await tablet.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await tablet.page.getByRole('link', { name: 'Discover' }).waitFor();

    await page.goto('/settings/devices');
    await page
      .getByRole('button', { name: /^Sign out / })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await page.getByRole('button', { name: 'Sign out everywhere else' }).waitFor({ state: 'detached' });
    await page.getByText('This device', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /^Sign out / }).count()).toBe(1);
    // Its socket closed: it is at the door again without having asked for anything.
    await tablet.page.getByRole('link', { name: 'Discover' }).waitFor({ state: 'detached' });
    expect(tablet.complaints).toEqual([]);
    await tablet.context.close();
  });

  it('signs up by Apple, which tells no name and an address that only forwards', async () => {
    const { page } = kim;
    const relayed = 'x7k2m9qp4t@privaterelay.appleid.com';
    const beApple = async () => {
      await signOut(kim);
      await page.getByRole('link', { name: 'Sign in', exact: true }).click();
      await page.getByRole('button', { name: 'Continue with Apple' }).click();
      const dialog = page.getByRole('dialog', { name: 'Apple, for development' });
      await dialog.getByLabel('Email').fill(relayed);
      await dialog.getByRole('button', { name: 'Be this person' }).click();
    };
    await beApple();
    await page.getByRole('heading', { name: 'Nice to meet you' }).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('Tell us what to call you.').waitFor();
    await page.getByLabel('Name').fill('Mia');
    await page.getByLabel('Birth date').fill('1995-06-15');
    await page.getByLabel('Gender').selectOption('Woman');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Show your face' }).waitFor();
    await page.goto('/settings/contact');
    await page.getByRole('main').getByText(relayed, { exact: true }).waitFor();
    // Apple has verified it, and nothing is mailed there to have it proven once more.
    await page.getByText('Verified', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Send the link again' }).count()).toBe(0);

    // The second time it is the same account.
    await beApple();
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByRole('heading', { name: /^Mia \d+$/ }).waitFor();
  });

  it('and the page had nothing to complain about', () => {
    expect(kim.complaints).toEqual([]);
  });
});
