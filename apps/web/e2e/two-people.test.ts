import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, matchBoth, messageField, openBrowser, openDevice, openSite, type Site, signUp, thread } from './rig';

/** Resolves with the number of frames once the video has decoded more than a few: media flows. */
async function framesFlow(page: Page, label: string): Promise<number> {
  await page.getByLabel(label).waitFor();
  const frames = await page.waitForFunction(
    (name) => {
      const video = document.querySelector<HTMLVideoElement>(`video[aria-label="${name}"]`);
      const decoded = video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
      return (video?.videoWidth ?? 0) > 0 && decoded > 5 ? decoded : false;
    },
    label,
    { timeout: 60_000 },
  );
  return (await frames.jsonValue()) || 0;
}

describe('two people, each at their own device', () => {
  let site: Site;
  let browser: Browser;
  let ana: Device;
  let bo: Device;

  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite(), openBrowser()]);
    ana = await openDevice(browser, site.url);
    bo = await openDevice(browser, site.url, { width: 1440, height: 900 });
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('sign up', async () => {
    await signUp(ana, { name: 'Ana', email: 'ana@example.com', gender: 'Woman' });
    await signUp(bo, { name: 'Bo', email: 'bo@example.com', gender: 'Man' });
  });

  it('like each other and match', async () => {
    await matchBoth(ana, bo);
    await bo.page.getByRole('button', { name: 'Say hello' }).click();
    await messageField(bo).waitFor();
    await ana.page.getByRole('button', { name: 'Keep looking' }).click();
  });

  it('chat, and each sees what the other does', async () => {
    await messageField(bo).fill('Hello Ana!');
    await bo.page.keyboard.press('Enter');
    await ana.page.getByRole('link', { name: /Chats/ }).click();
    await ana.page.getByText('Hello Ana!').first().click();
    await thread(ana).getByText('Hello Ana!').first().waitFor();
    await thread(bo).getByText('Read', { exact: true }).waitFor();

    await messageField(ana).pressSequentially('Hi B', { delay: 20 });
    await bo.page.getByText('Ana is typing').waitFor();
    await messageField(ana).fill('Hi Bo, nice to meet you.');
    await ana.page.getByRole('button', { name: 'Send' }).click();
    await thread(bo).getByText('Hi Bo, nice to meet you.').first().waitFor();
  });

  it('see each other on video, and hang up', async () => {
    await ana.page.getByRole('button', { name: 'Start video call' }).click();
    await bo.page.getByRole('button', { name: 'Accept' }).click();
    const [seenByAna, seenByBo] = await Promise.all([framesFlow(ana.page, 'Remote video'), framesFlow(bo.page, 'Remote video')]);
    expect(seenByAna).toBeGreaterThan(5);
    expect(seenByBo).toBeGreaterThan(5);
    await framesFlow(ana.page, 'Your video');

    await bo.page.getByRole('button', { name: 'Mute', exact: true }).click();
    await bo.page.getByRole('button', { name: 'Unmute' }).waitFor();
    await ana.page.getByRole('button', { name: 'Hang up' }).click();
    await bo.page.getByLabel('Remote video').waitFor({ state: 'detached' });
    await ana.page.getByLabel('Remote video').waitFor({ state: 'detached' });
  });

  it('and the pages had nothing to complain about', () => {
    expect(ana.complaints).toEqual([]);
    expect(bo.complaints).toEqual([]);
  });
});
