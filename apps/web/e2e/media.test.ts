import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, meet, openBrowser, openDevice, openSite, type Site, thread } from './rig';

/** A second of a moving picture, as this browser records it. */
async function recording(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 240 }, audio: true });
    const recorder = new MediaRecorder(stream, { mimeType: 'video/webm;codecs=vp8,opus' });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start();
    setTimeout(() => recorder.stop(), 1_000);
    await stopped;
    for (const track of stream.getTracks()) track.stop();
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(base64, 'base64');
}

async function attach({ page }: Device, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add a photo or a video' }).click();
  await (await chooser).setFiles(file);
}

describe('photos and videos in a conversation', () => {
  let site: Site;
  let browser: Browser;
  let ana: Device;
  let bo: Device;

  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite(), openBrowser()]);
    ana = await openDevice(browser, site.url);
    bo = await openDevice(browser, site.url, { width: 1280, height: 900 });
    await meet(ana, bo, 'Show me!');
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('shows a photo to the other one, and in full when it is pressed', async () => {
    await attach(ana, { name: 'screen.png', mimeType: 'image/png', buffer: await ana.page.screenshot() });
    const photo = thread(bo).getByRole('button', { name: 'Open the photo' });
    await photo.waitFor();
    const picture = photo.getByRole('img', { name: 'Photo' });
    await picture.waitFor();
    await bo.page.waitForFunction(() => document.querySelector<HTMLImageElement>('button img[alt="Photo"]')?.naturalWidth);
    await photo.click();
    await bo.page.getByRole('dialog', { name: 'Photo' }).getByRole('img', { name: 'Photo' }).waitFor();
    await bo.page.keyboard.press('Escape');
    await bo.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('plays a video, with a picture before it', async () => {
    await attach(ana, { name: 'moving.webm', mimeType: 'video/webm', buffer: await recording(ana.page) });
    const video = thread(bo).getByLabel('Video', { exact: true });
    await video.waitFor();
    await bo.page.waitForFunction(() => document.querySelector<HTMLVideoElement>('video[aria-label="Video"]')?.poster.startsWith('http'));
    const frames = await video.evaluate(async (element) => {
      const player = element as HTMLVideoElement;
      player.muted = true;
      await player.play();
      await new Promise((resolve) => player.addEventListener('ended', resolve, { once: true }));
      return player.getVideoPlaybackQuality().totalVideoFrames;
    });
    expect(frames).toBeGreaterThan(5);
  });

  it('says what was sent in the list of conversations', async () => {
    await bo.page.goto('/chats');
    await bo.page.getByRole('link', { name: /Ana.*Video/s }).waitFor();
  });

  it('and nothing was complained about', () => {
    expect([...ana.complaints, ...bo.complaints]).toEqual([]);
  });
});
