import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Device, messageField, openBrowser, openDevice, openSite, type Site, signIn, thread } from './rig';

describe('two tabs of one person', () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite({ SEED_DEMO: 'true' }), openBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('share one socket, and the one that is left takes over', async () => {
    const first = await openDevice(browser, site.url);
    const clara = await openDevice(browser, site.url);
    const openChat = async ({ page }: Device) => {
      await page.getByRole('link', { name: /Chats/ }).click();
      await page
        .getByText(/Want to come\?/)
        .first()
        .click();
    };
    const write = async (device: Device, text: string) => {
      await messageField(device).fill(text);
      await device.page.keyboard.press('Enter');
    };
    const see = (device: Device, text: string) => thread(device).getByText(text, { exact: true }).first().waitFor();
    const sockets = (count: number) =>
      vi.waitFor(() => expect(site.backend.platform.connections).toBe(count), { timeout: 20_000, interval: 50 });

    await signIn(first, 'ada');
    await signIn(clara, 'clara');
    await openChat(first);
    await openChat(clara);
    await sockets(2);
    const second: Device = { ...first, page: await first.context.newPage() };
    await second.page.goto(first.page.url());
    await messageField(second).waitFor();

    // What others write is in both, and what is written in the one is in the other.
    await write(clara, 'To both of your tabs');
    for (const tab of [first, second]) await see(tab, 'To both of your tabs');
    await write(second, 'From my second tab');
    for (const device of [first, second, clara]) await see(device, 'From my second tab');
    await sockets(2);

    await first.page.close();
    await write(clara, 'Still there?');
    await see(second, 'Still there?');
    await write(second, 'Still here.');
    await see(clara, 'Still here.');
    await sockets(2);
    for (const text of ['To both of your tabs', 'Still there?']) {
      expect(await thread(second).getByText(text, { exact: true }).count(), text).toBe(1);
    }
    expect([...first.complaints, ...clara.complaints]).toEqual([]);
  });
});
