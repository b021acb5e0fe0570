import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, openBrowser, openDevice, openSite, type Site, sayWho, signOut } from '../rig';
import { standInForGoogle } from './frames';

/** Of the same site as the app: the frame of the emulator keeps something, which browsers refuse to frames of other sites. */
const host = (process.env.FIREBASE_AUTH_EMULATOR_HOST ?? '127.0.0.1:9099').replace('127.0.0.1', 'localhost');

/** The window of the provider that a click opens, as the emulator draws it. */
async function windowOf(context: BrowserContext, open: () => Promise<void>): Promise<Page> {
  const [opened] = await Promise.all([context.waitForEvent('page'), open()]);
  await opened.waitForLoadState('domcontentloaded');
  return opened;
}

describe('the provider’s window, by the Firebase SDK at the emulator', () => {
  let site: Site;
  let browser: Browser;
  let kim: Device;
  beforeAll(async () => {
    const emulator = { FIREBASE_PROJECT_ID: 'demo-heartline', FIREBASE_AUTH_EMULATOR_HOST: host };
    [site, browser] = await Promise.all([openSite(emulator), openBrowser()]);
    kim = await openDevice(browser, site.url);
    // Nothing but this machine is asked: what the emulator's own page loads is there for its looks.
    await kim.context.route(/^https:\/\/(?!apis\.google\.com)/, (route) => route.abort());
    await standInForGoogle(kim.context);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const click = (name: string) => () => kim.page.getByRole('button', { name }).click();

  it('makes an account by Google', async () => {
    const { page, context } = kim;
    await page.goto('/sign-in');
    const google = await windowOf(context, click('Continue with Google'));
    await google.locator('.js-new-account').click();
    await google.locator('#email-input').fill('in-the-window@google.example');
    await google.locator('#sign-in').click();
    await page.getByRole('heading', { name: 'Nice to meet you' }).waitFor();
    await sayWho(kim, 'Kim');
    await page.goto('/settings/contact');
    await page.getByRole('main').getByText('in-the-window@google.example', { exact: true }).waitFor();
    await page.getByText('Verified', { exact: true }).waitFor();
  });

  it('signs in the same person again, whom the provider knows by now', async () => {
    const { page, context } = kim;
    await signOut(kim);
    await page.goto('/sign-in');
    const google = await windowOf(context, click('Continue with Google'));
    // The emulator lists everyone it knows, of other tests too.
    await google.locator('.js-reuse-account').filter({ hasText: 'in-the-window@google.example' }).click();
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByRole('heading', { name: /^Kim \d+$/ }).waitFor();
  });

  it('says so when it is closed before that', async () => {
    const { page, context } = kim;
    await signOut(kim);
    await page.goto('/sign-in');
    const apple = await windowOf(context, click('Continue with Apple'));
    await apple.close();
    // The SDK gives the window some seconds to have been closed by the provider itself.
    await page.getByText('You closed the window before you were done.').waitFor({ timeout: 40_000 });
    expect(kim.complaints).toEqual([]);
  });
});
