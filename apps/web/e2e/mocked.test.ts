import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountHere, type Device, messageField, openBrowser, openDevice, thread } from './rig';

describe('the app on mocks, with no server at all', () => {
  let vite: ViteDevServer;
  let browser: Browser;
  let device: Device;

  beforeAll(async () => {
    const root = join(import.meta.dirname, '..');
    vite = await createServer({ root, mode: 'mock', server: { port: 0, host: 'localhost', hmr: false, watch: null }, logLevel: 'error' });
    await vite.listen();
    browser = await openBrowser();
    device = await openDevice(browser, vite.resolvedUrls?.local[0] ?? '');
  });

  afterAll(async () => {
    await browser?.close();
    await vite?.close();
  });

  it('signs in', { timeout: 240_000 }, async () => {
    const { page } = device;
    await page.goto('/sign-in', { timeout: 60_000 });
    // The database starts in the tab, and Vite prepares what the app imports.
    await page.getByRole('button', { name: 'Ada' }).click({ timeout: 180_000 });
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'Discover' }).waitFor();
  });

  it('chats with someone who answers', async () => {
    const { page } = device;
    await page.getByRole('link', { name: /Chats/ }).click();
    await page
      .getByText(/Want to come\?/)
      .first()
      .click();
    await messageField(device).fill('Of course I do.');
    await page.keyboard.press('Enter');
    await page.getByText('Clara is typing').waitFor();
    await thread(device).getByText('Tell me more about that.').first().waitFor();
  });

  it('takes a call, and sees the other one', async () => {
    const { page } = device;
    await page.getByRole('button', { name: 'Start video call' }).click();
    await page.getByLabel('Remote video').waitFor();
    await page.waitForFunction(() => {
      const video = document.querySelector<HTMLVideoElement>('video[aria-label="Remote video"]');
      return (video?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 5;
    });
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByLabel('Remote video').waitFor({ state: 'detached' });
  });

  it('signs up by email, and proves it by the link out of the outbox', { timeout: 180_000 }, async () => {
    const { page } = device;
    // By links alone: whenever the page is loaded anew, the database starts anew as well.
    await page.getByRole('link', { name: 'Back to chats' }).click();
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    const email = 'nia@example.com';
    await createAccountHere(device, { name: 'Nia', email, gender: 'Woman' });
    await page.getByRole('button', { name: 'Open the outbox' }).click();
    await page
      .getByRole('region', { name: 'Outbox' })
      .getByRole('listitem')
      .filter({ hasText: email })
      .getByRole('link', { name: /verify-email\?token=/ })
      .click();
    // A link in a mail loads the app anew: what was in the tab is still there, and so is who signed up.
    await page.getByRole('heading', { name: 'Your email is verified' }).waitFor({ timeout: 90_000 });
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: /Email and phone/ }).click();
    await page.getByRole('main').getByText(email, { exact: true }).waitFor();
    await page.getByText('Verified', { exact: true }).waitFor();
    expect(device.complaints).toEqual([]);
  });
});
