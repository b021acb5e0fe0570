import { picturesOf } from '@app/domain/seed';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccount, type Device, openBrowser, openDevice, openSite, type Site } from './rig';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

const shown = (page: Page) => page.getByRole('img', { name: /^Photo \d of \d$/ });
const sources = (page: Page) => shown(page).evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src));

/** Lets files fall onto the photos, as a file manager does. */
async function drop(page: Page, pictures: readonly Uint8Array[]): Promise<void> {
  const files = pictures.map((bytes) => Buffer.from(bytes).toString('base64'));
  const transfer = await page.evaluateHandle((texts) => {
    const data = new DataTransfer();
    for (const [n, text] of texts.entries()) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], `${n}.png`, { type: 'image/png' }));
    }
    return data;
  }, files);
  const place = page.locator('label', { hasText: 'Add photos' });
  for (const type of ['dragenter', 'dragover', 'drop']) await place.dispatchEvent(type, { dataTransfer: transfer });
}

async function centreOf(page: Page, name: RegExp): Promise<{ x: number; y: number }> {
  const box = await page.getByRole('button', { name }).boundingBox();
  if (box === null) throw new Error(`${name} is not on the page.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

describe('one’s own photos', () => {
  let site: Site;
  let device: Device;
  beforeAll(async () => {
    site = await openSite({ CALLS_PER_MINUTE: '100000' });
  }, 120_000);
  afterEach(() => device?.context.close());
  afterAll(() => site?.close());

  it('are added by a drop, and put in order by mouse and by finger; it stays so', async () => {
    device = await openDevice(browser, site.url);
    const { page, complaints } = device;
    await createAccount(device, { name: 'Nia', email: 'nia@example.com', gender: 'Woman' });
    const pictures = [...(await picturesOf(1, 'female')), ...(await picturesOf(2, 'male'))].slice(0, 3);
    await drop(page, pictures);
    await expect.poll(() => shown(page).count(), { timeout: 20_000 }).toBe(pictures.length);
    const before = await sources(page);
    const last = before.length;

    const [from, to] = [await centreOf(page, new RegExp(`^Move photo ${last}`)), await centreOf(page, /^Move photo 1/)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y - 20, { steps: 12 });
    await page.mouse.up();
    const byMouse = [before[last - 1], ...before.slice(0, -1)];
    await expect.poll(() => sources(page)).toEqual(byMouse);

    const touch = await device.context.newCDPSession(page);
    const [finger, back] = [await centreOf(page, /^Move photo 1/), await centreOf(page, new RegExp(`^Move photo ${last}`))];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [finger] });
    for (let step = 1; step <= 8; step += 1) {
      const at = { x: finger.x + ((back.x - finger.x) * step) / 8, y: finger.y + ((back.y - finger.y) * step) / 8 };
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at] });
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(() => sources(page)).toEqual(before);
    await page.getByRole('button', { name: /^Move photo 2/ }).press('ArrowLeft');
    const byKey = [before[1], before[0], ...before.slice(2)];
    await expect.poll(() => sources(page)).toEqual(byKey);

    await page.goto('/profile/edit');
    await expect.poll(() => sources(page)).toEqual(byKey);
    expect(complaints).toEqual([]);
  }, 90_000);
});
