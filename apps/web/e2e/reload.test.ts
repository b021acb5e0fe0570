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

  it('shows conversations and their last messages where the service cannot be reached, and sends later what is written then', async () => {
    const ada = await openDevice(browser, site.url);
    const { page } = ada;
    await signIn(ada, 'ada');
    await page.getByRole('link', { name: /Chats/ }).click();
    const clara = page.getByRole('link', { name: /Clara/ }).first();
    await clara.click();
    const said = async (text: string) => thread(ada).getByText(text, { exact: true }).first().waitFor();
    await messageField(ada).fill('Off to the mountains');
    await page.keyboard.press('Enter');
    await said('Off to the mountains');
    const conversation = page.url();
    // What is kept is written a second after the last change. The text is kept as a draft as well.
    const kept = () =>
      page.evaluate(
        (id) =>
          new Promise<string>((resolve) => {
            const opening = indexedDB.open('heartline.cache');
            opening.onsuccess = () => {
              const reading = opening.result.transaction('caches').objectStore('caches').get('cache');
              reading.onsuccess = () => {
                opening.result.close();
                const queries: { queryKey: [string, { conversationId?: string }] }[] = reading.result?.state.queries ?? [];
                const ofThis = queries.filter(({ queryKey: [name, input] }) => name === 'messages.history' && input.conversationId === id);
                resolve(JSON.stringify(ofThis));
              };
            };
          }),
        conversation.split('/').at(-1) ?? '',
      );
    await expect.poll(kept, { timeout: 20_000 }).toContain('"text":"Off to the mountains"');

    let isThere = false;
    await page.route('**/api/**', (route) => (isThere ? route.continue() : route.abort()));
    await page.routeWebSocket('**/api/**', (socket) => void (isThere ? socket.connectToServer() : socket.close()));
    await page.reload();
    await said('Off to the mountains');
    await messageField(ada).fill('Written without a service');
    await page.keyboard.press('Enter');
    await said('Written without a service');
    await page.goto('/chats');
    await clara.waitFor();

    isThere = true;
    await page.goto(conversation);
    const stored = async () =>
      (await site.database.client.query(`select 1 from messages where text = 'Written without a service'`)).rows.length;
    await expect.poll(stored, { timeout: 20_000 }).toBe(1);
    await said('Written without a service');
    expect(await thread(ada).getByText('Written without a service', { exact: true }).count()).toBe(1);
  });
});
