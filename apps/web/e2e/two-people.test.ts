import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, openBrowser, openDevice, openSite, type Site, signUp } from './rig';

/** Resolves when the video has decoded more frames than before: media flows. */
async function framesFlow(page: Page, label: string): Promise<number> {
  const video = page.getByLabel(label);
  await video.waitFor();
  const handle = await page.waitForFunction(
    (name) => {
      const element = document.querySelector<HTMLVideoElement>(`video[aria-label="${name}"]`);
      const frames = element?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
      return (element?.videoWidth ?? 0) > 0 && frames > 5 ? frames : false;
    },
    label,
    { timeout: 30_000 },
  );
  return (await handle.jsonValue()) || 0;
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
    await ana.page.getByRole('link', { name: 'Discover' }).click();
    await ana.page.reload();
    await ana.page.getByRole('heading', { name: /Bo/ }).waitFor();
    await ana.page.getByRole('button', { name: 'Like', exact: true }).click();

    await bo.page.getByRole('link', { name: 'Discover' }).click();
    await bo.page.getByRole('heading', { name: /Ana/ }).waitFor();
    await bo.page.keyboard.press('ArrowRight');
    await bo.page.getByText(/match/i).first().waitFor();
    await bo.page.getByRole('button', { name: /say hello/i }).click();
    await bo.page.getByLabel('Message').waitFor();
  });

  it('chat, and each sees what the other does', async () => {
    await bo.page.getByLabel('Message').fill('Hello Ana!');
    await bo.page.keyboard.press('Enter');
    await ana.page
      .getByRole('dialog')
      .getByRole('button', { name: /later|keep|close/i })
      .first()
      .click();
    await ana.page.getByRole('link', { name: /Chats/ }).click();
    await ana.page.getByText('Hello Ana!').first().click();
    await bo.page.getByText(/^read/i).first().waitFor();

    await ana.page.getByLabel('Message').pressSequentially('Hi B', { delay: 20 });
    await bo.page
      .getByText(/typing/i)
      .first()
      .waitFor();
    await ana.page.getByLabel('Message').fill('Hi Bo, nice to meet you.');
    await ana.page.getByRole('button', { name: 'Send' }).click();
    await bo.page.getByText('Hi Bo, nice to meet you.').first().waitFor();
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
