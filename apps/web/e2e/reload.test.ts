import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, messageField, openBrowser, openDevice, openSite, type Site, signIn, thread } from './rig';

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
    const write = async (device: Device, text: string) => {
      await messageField(device).fill(text);
      await device.page.keyboard.press('Enter');
      await thread(device).getByText(text, { exact: true }).first().waitFor();
    };
    await signIn(ada, 'ada');
    await signIn(clara, 'clara');
    for (const { page } of [ada, clara]) {
      await page.getByRole('link', { name: /Chats/ }).click();
      await page
        .getByText(/Want to come\?/)
        .first()
        .click();
    }

    await write(ada, 'Sent before the reload');
    await thread(clara).getByText('Sent before the reload', { exact: true }).first().waitFor();

    // The network goes. What is written now waits, and outlives the page.
    await ada.context.setOffline(true);
    await write(ada, 'Written in a tunnel');
    await write(clara, 'Are you there?');
    await ada.context.setOffline(false);
    await ada.page.reload();

    const said = ['Sent before the reload', 'Written in a tunnel', 'Are you there?'];
    for (const device of [ada, clara]) {
      for (const text of said) await thread(device).getByText(text, { exact: true }).first().waitFor();
      for (const text of said) expect(await thread(device).getByText(text, { exact: true }).count(), text).toBe(1);
    }
    const complaints = [...ada.complaints, ...clara.complaints];
    expect(complaints.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  });
});
