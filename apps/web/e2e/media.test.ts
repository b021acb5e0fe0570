import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, meet, messageField, openBrowser, openDevice, openSite, type Site, thread } from './rig';

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
  await page.getByRole('list', { name: 'To be sent' }).getByRole('listitem').waitFor();
}

const send = ({ page }: Device) => page.getByRole('button', { name: 'Send', exact: true }).click();

describe('photos, videos and voices in a conversation', () => {
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
    await messageField(ana).fill('This is what I see');
    await send(ana);
    await thread(bo).getByText('This is what I see', { exact: true }).waitFor();
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
    await send(ana);
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

  it('takes away again what was attached and is not to be sent', async () => {
    await attach(ana, { name: 'screen.png', mimeType: 'image/png', buffer: await ana.page.screenshot() });
    await ana.page.getByRole('button', { name: 'Remove screen.png' }).click();
    await ana.page.getByRole('list', { name: 'To be sent' }).waitFor({ state: 'detached' });
  });

  it('records what is spoken, plays it before it is sent, and the other one hears it', async () => {
    await ana.page.getByRole('button', { name: 'Record a voice message' }).click();
    await ana.page.getByRole('timer', { name: 'Recording' }).getByText('0:02').waitFor();
    await ana.page.getByRole('button', { name: 'Stop and listen' }).click();
    const recorded = ana.page.locator('form').getByRole('group', { name: 'Voice message' });
    await recorded.getByRole('button', { name: 'Play' }).click();
    await recorded.getByRole('button', { name: 'Pause' }).waitFor();
    await send(ana);

    const voice = thread(bo).getByRole('group', { name: 'Voice message' });
    await voice.getByRole('button', { name: 'Play' }).click();
    await voice.getByRole('button', { name: 'Pause' }).waitFor();
    // It is heard to its end, and stands at its beginning again then.
    await voice.getByRole('button', { name: 'Play' }).waitFor();
    await voice.getByRole('button', { name: 'Speed 1×' }).click();
    await voice.getByRole('button', { name: 'Speed 1.5×' }).waitFor();
    const place = voice.getByRole('slider', { name: 'Position' });
    await place.press('End');
    expect(await place.getAttribute('aria-valuetext')).toMatch(/^0:0[23] of 0:0[23]$/);
  });

  it('says what was sent in the list of conversations', async () => {
    await bo.page.goto('/chats');
    await bo.page.getByRole('link', { name: /Ana.*Voice message/s }).waitFor();
  });

  it('and nothing was complained about', () => {
    expect([...ana.complaints, ...bo.complaints]).toEqual([]);
  });
});
