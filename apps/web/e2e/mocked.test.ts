import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, openBrowser, openDevice } from './rig';

describe('the app on mocks, with no server at all', () => {
  let vite: ViteDevServer;
  let browser: Browser;
  let device: Device;

  beforeAll(async () => {
    vite = await createServer({
      root: join(import.meta.dirname, '..'),
      mode: 'mock',
      server: { port: 0, host: 'localhost' },
      logLevel: 'error',
    });
    await vite.listen();
    browser = await openBrowser();
    device = await openDevice(browser, vite.resolvedUrls?.local[0] ?? '');
  });

  afterAll(async () => {
    await browser?.close();
    await vite?.close();
  });

  it('signs in', async () => {
    const { page } = device;
    await page.goto('/sign-in', { timeout: 60_000 });
    await page.getByRole('button', { name: /ada/i }).first().click({ timeout: 60_000 });
    await page.getByRole('button', { name: /^sign in$/i }).click();
    await page.getByRole('link', { name: 'Discover' }).waitFor();
  });

  it('chats with a bot that answers', async () => {
    const { page } = device;
    await page.getByRole('link', { name: /Chats/ }).click();
    await page
      .getByText(/Want to come\?/)
      .first()
      .click();
    const log = page.getByRole('log');
    const before = await log.getByRole('listitem').count();
    await page.getByLabel('Message').fill('Of course I do.');
    await page.keyboard.press('Enter');
    await page
      .getByText(/typing/i)
      .first()
      .waitFor();
    await expect.poll(() => log.getByRole('listitem').count(), { timeout: 20_000 }).toBeGreaterThan(before + 1);
  });

  it('takes a call', async () => {
    const { page } = device;
    await page.getByRole('button', { name: 'Start video call' }).click();
    await page.getByLabel('Remote video').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByLabel('Remote video').waitFor({ state: 'detached' });
    expect(device.complaints).toEqual([]);
  });
});
