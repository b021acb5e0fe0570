import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, openBrowser, openDevice, openSite, type Site, signIn } from './rig';

/** Whoever closes a page is here for a moment yet: they may be loading it anew. In milliseconds. */
const leaving = { timeout: 45_000 };

describe('who is here', () => {
  let site: Site;
  let browser: Browser;
  let ada: Device;
  let clara: Device;

  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite({ SEED_DEMO: 'true' }), openBrowser()]);
    [ada, clara] = await Promise.all([openDevice(browser, site.url), openDevice(browser, site.url)]);
    await signIn(ada, 'ada');
    await ada.page.getByRole('link', { name: /Chats/ }).click();
    await ada.page.getByText('Want to come?').first().click();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** What stands beside the name of whom Ada talks to. */
  const header = () => ada.page.locator('header').filter({ has: ada.page.getByRole('heading', { level: 1, name: 'Clara' }) });
  const dot = () => header().locator('.bg-sea');
  const words = (text: string | RegExp) => header().locator('span.truncate').filter({ hasText: text });

  it('is told as they come and go', { timeout: 180_000 }, async () => {
    await words(/^Last here /).waitFor();
    expect(await dot().count()).toBe(0);
    await signIn(clara, 'clara');
    await words('Here now').waitFor();
    await dot().waitFor();
    await clara.page.close();
    await words(/^Last here /).waitFor(leaving);
    expect(await dot().count()).toBe(0);
  });

  it('is nobody’s to see who hides it, and sees nobody then', { timeout: 180_000 }, async () => {
    const page = await clara.context.newPage();
    await page.goto('/settings');
    await words('Here now').waitFor();
    await page.getByRole('switch', { name: 'Show when you are here' }).click();
    // Her age and where she lives stand there instead.
    await words(/^\d+, /).waitFor();
    expect(await dot().count()).toBe(0);
    await page.goto('/chats');
    await page.getByRole('link', { name: /^Ada/ }).first().click();
    const hers = page.locator('header').filter({ has: page.getByRole('heading', { level: 1, name: 'Ada' }) });
    await hers
      .locator('span.truncate')
      .filter({ hasText: /^\d+, / })
      .waitFor();
    await page.goto('/settings');
    await page.getByRole('switch', { name: 'Show when you are here' }).click();
    await words('Here now').waitFor();
    await dot().waitFor();
    expect(ada.complaints).toEqual([]);
    expect(clara.complaints).toEqual([]);
  });
});
