import { demoEmail, demoPassword } from '@app/domain/seed';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, openBrowser, openDevice, openSite, type Site } from './rig';

async function signIn({ page }: Device, name: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(demoEmail(name));
  await page.getByLabel('Password').first().fill(demoPassword);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.getByRole('link', { name: 'Discover' }).waitFor();
}

describe('a reload in the middle of a chat', () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite({ SEED_DEMO: 'true' }), openBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('loses nothing: what was sent, what came meanwhile, and what could not be sent yet', async () => {
    const ada = await openDevice(browser, site.url);
    const clara = await openDevice(browser, site.url);
    await signIn(ada, 'ada');
    await signIn(clara, 'clara');
    for (const { page } of [ada, clara]) {
      await page.getByRole('link', { name: /Chats/ }).click();
      await page
        .getByText(/Want to come\?/)
        .first()
        .click();
      await page.getByLabel('Message').waitFor();
    }

    await ada.page.getByLabel('Message').fill('Sent before the reload');
    await ada.page.keyboard.press('Enter');
    await clara.page.getByText('Sent before the reload').first().waitFor();

    // The network goes; what is written now waits, and survives the reload of the page.
    await ada.context.setOffline(true);
    await ada.page.getByLabel('Message').fill('Written in a tunnel');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByText('Written in a tunnel').first().waitFor();
    await clara.page.getByLabel('Message').fill('Are you there?');
    await clara.page.keyboard.press('Enter');
    await clara.page.getByText('Are you there?').first().waitFor();

    await ada.context.setOffline(false);
    await ada.page.reload();
    for (const text of ['Sent before the reload', 'Written in a tunnel', 'Are you there?']) {
      await ada.page.getByText(text).first().waitFor();
    }
    await clara.page.getByText('Written in a tunnel').first().waitFor();
    for (const { page } of [ada, clara]) {
      const log = page.getByRole('log');
      for (const text of ['Sent before the reload', 'Written in a tunnel', 'Are you there?']) {
        expect(await log.getByText(text, { exact: true }).count(), text).toBe(1);
      }
    }
    expect([...ada.complaints, ...clara.complaints].filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([]);
  });
});
