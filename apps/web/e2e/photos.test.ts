import { picturesOf } from '@app/domain/seed';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccount, type Device, openBrowser, openDevice, openSite, type Site } from './rig';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

/** How long the page may take on a busy machine. */
const soon = { timeout: 20_000 };

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

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Fingers on the page, as the browser is told of them by a touch screen: each call says where all of them are; who is left out is lifted. */
async function fingersOn(page: Page) {
  const screen = await page.context().newCDPSession(page);
  const tell = (type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', points: readonly Point[]) =>
    screen.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(({ x, y }, id) => ({ x, y, id })) });
  return {
    down: (...points: Point[]) => tell('touchStart', points),
    async move(from: Point, to: Point, ...others: Point[]) {
      for (let step = 1; step <= 8; step += 1) {
        const at = { x: from.x + ((to.x - from.x) * step) / 8, y: from.y + ((to.y - from.y) * step) / 8 };
        await tell('touchMove', [at, ...others]);
      }
    },
    up: () => tell('touchEnd', []),
    cancel: () => tell('touchCancel', []),
  };
}

/** The centre of the photo at this place, in the window as it is scrolled now. */
async function placeOf(page: Page, place: number): Promise<Point> {
  const box = await shown(page).nth(place).boundingBox();
  if (box === null) throw new Error(`Photo ${place + 1} is not on the page.`);
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
    await expect.poll(() => shown(page).count(), soon).toBe(pictures.length);
    const before = await sources(page);
    const last = before.length;

    const [from, to] = [await centreOf(page, new RegExp(`^Move photo ${last}`)), await centreOf(page, /^Move photo 1/)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y - 20, { steps: 12 });
    await page.mouse.up();
    const byMouse = [before[last - 1], ...before.slice(0, -1)];
    await expect.poll(() => sources(page), soon).toEqual(byMouse);

    const touch = await device.context.newCDPSession(page);
    const [finger, back] = [await centreOf(page, /^Move photo 1/), await centreOf(page, new RegExp(`^Move photo ${last}`))];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [finger] });
    for (let step = 1; step <= 8; step += 1) {
      const at = { x: finger.x + ((back.x - finger.x) * step) / 8, y: finger.y + ((back.y - finger.y) * step) / 8 };
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at] });
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(() => sources(page), soon).toEqual(before);
    await page.getByRole('button', { name: /^Move photo 2/ }).press('ArrowLeft');
    const byKey = [before[1], before[0], ...before.slice(2)];
    await expect.poll(() => sources(page), soon).toEqual(byKey);

    await page.goto('/profile/edit');
    await expect.poll(() => sources(page), soon).toEqual(byKey);
    expect(complaints).toEqual([]);
  }, 90_000);

  it('are carried past the end of a low window, and a second finger, Escape and a gesture of the browser’s do no harm', async () => {
    device = await openDevice(browser, site.url, { width: 640, height: 360 });
    const { page, complaints } = device;
    await createAccount(device, { name: 'Oda', email: 'oda@example.com', gender: 'Woman' });
    const pictures = [...(await picturesOf(2, 'female')), ...(await picturesOf(5, 'male')), ...(await picturesOf(0, 'female'))];
    await drop(page, pictures);
    await expect.poll(() => shown(page).count(), soon).toBe(7);
    const before = await sources(page);
    const [a, b, c, ...others] = before;
    const fingers = await fingersOn(page);
    // In the middle of the window: close to its ends the page would scroll beneath the fingers.
    const top = () => page.getByRole('button', { name: /^Move photo 1/ }).evaluate((handle) => handle.scrollIntoView({ block: 'center' }));
    const level = async (place: number, { y }: Point) => ({ ...(await placeOf(page, place)), y });

    // A second finger, wherever it comes down, neither takes over nor drops what is held.
    await top();
    const handle = await centreOf(page, /^Move photo 1/);
    const second = await level(1, handle);
    await fingers.down(handle);
    await fingers.move(handle, second);
    await expect.poll(() => sources(page), soon).toEqual([b, a, c, ...others]);
    const elsewhere = await centreOf(page, /^Move photo 3/);
    await fingers.down(second, elsewhere);
    await fingers.move(second, second, { x: elsewhere.x - 60, y: elsewhere.y - 60 });
    const third = await level(2, handle);
    await fingers.move(second, third);
    await fingers.up();
    await expect.poll(() => sources(page), soon).toEqual([b, c, a, ...others]);

    // Thrown: it moves twice over the same photo, and is let go, all within one frame.
    await top();
    const grip = await centreOf(page, /^Move photo 3/);
    const start = await placeOf(page, 0);
    await page.mouse.move(grip.x, grip.y);
    await page.mouse.down();
    await page.evaluate(({ x, y }) => {
      for (const [type, by] of [
        ['pointermove', 0],
        ['pointermove', 3],
        ['pointerup', 3],
      ] as const) {
        window.dispatchEvent(new PointerEvent(type, { pointerId: 1, clientX: x + by, clientY: y }));
      }
    }, start);
    await page.mouse.up();
    await expect.poll(() => sources(page), soon).toEqual([a, b, c, ...others]);
    await page.getByRole('button', { name: /^Move photo 1/ }).press('ArrowRight');
    await page.getByRole('button', { name: /^Move photo 2/ }).press('ArrowRight');
    await expect.poll(() => sources(page), soon).toEqual([b, c, a, ...others]);

    // Escape, and a gesture that the browser takes for its own, leave the order as it was.
    for (const leave of [() => page.keyboard.press('Escape'), () => fingers.cancel()]) {
      await top();
      const held = await centreOf(page, /^Move photo 1/);
      const beside = await level(1, held);
      await fingers.down(held);
      await fingers.move(held, beside);
      await expect.poll(() => sources(page), soon).toEqual([c, b, a, ...others]);
      await leave();
      await expect.poll(() => sources(page), soon).toEqual([b, c, a, ...others]);
      await fingers.move(beside, held).catch(() => undefined);
      await fingers.up().catch(() => undefined);
    }

    // Held at the lower end of the window, the page goes on beneath it, for as long as there is more.
    await top();
    const from = await centreOf(page, /^Move photo 1/);
    const end = { x: from.x, y: 290 };
    await fingers.down(from);
    await fingers.move(from, end);
    await expect.poll(async () => (await placeOf(page, 6)).y, soon).toBeLessThan(240);
    await fingers.move(end, from);
    await fingers.move(from, await placeOf(page, 6));
    await fingers.up();
    const carried = [c, a, ...others, b];
    await expect.poll(() => sources(page), soon).toEqual(carried);
    await page.goto('/profile/edit');
    await expect.poll(() => sources(page), soon).toEqual(carried);
    expect(complaints).toEqual([]);
  }, 120_000);
});
