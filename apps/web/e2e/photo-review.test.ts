import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, openBrowser, openDevice, openSite, type Site, signIn } from './rig';

const reason = 'Nobody is to be seen on it.';

/** One of Ben's photos, as it stands in the moderators' list. */
const listed = ({ page }: Device, src: string): Locator => page.getByRole('article').filter({ has: page.locator(`img[src="${src}"]`) });
const shown = (page: Page) => page.getByRole('img', { name: /^Photo \d of \d$/ });

async function reject(device: Device, photo: Locator): Promise<void> {
  await photo.getByRole('button', { name: 'Reject' }).click();
  const sheet = device.page.getByRole('dialog');
  await sheet.getByLabel('What they are told').fill(reason);
  await sheet.getByRole('button', { name: 'Reject' }).click();
}

describe('photos that wait for a moderator', () => {
  let site: Site;
  let browser: Browser;
  let ben: Device;
  let mona: Device;
  let olga: Device;
  let photos: [first: string, second: string];

  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite({ SEED_DEMO: 'true', PHOTOS_NEED_APPROVAL: 'true' }), openBrowser()]);
    ben = await openDevice(browser, site.url);
    mona = await openDevice(browser, site.url, { width: 360, height: 780 });
    olga = await openDevice(browser, site.url, { width: 1440, height: 900 });
    await signIn(ben, 'ben');
    await ben.page.goto('/profile/edit');
    await shown(ben.page).nth(1).waitFor();
    const [first, second] = await shown(ben.page).evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src));
    photos = [first ?? '', second ?? ''];
    // Both look at the queue before either decides. He was among the first, so his are on its first page.
    for (const [device, name] of [
      [mona, 'mona'],
      [olga, 'olga'],
    ] as const) {
      await signIn(device, name);
      await device.page.goto('/admin/photos');
      for (const src of photos) await listed(device, src).waitFor();
    }
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('are approved and rejected, with a reason', async () => {
    const [first, second] = photos;
    await listed(mona, first).getByRole('button', { name: 'Approve' }).click();
    await listed(mona, first).waitFor({ state: 'detached' });
    await reject(mona, listed(mona, second));
    await listed(mona, second).waitFor({ state: 'detached' });
    await mona.page.getByText('Decided.').first().waitFor();
  });

  it('are decided about once: who looks at an old page is told so, and sees what is left', async () => {
    const [first] = photos;
    await reject(olga, listed(olga, first));
    await olga.page.getByText('Somebody has decided about this photo meanwhile.').waitFor();
    await listed(olga, first).waitFor({ state: 'detached' });
    await olga.page.getByRole('dialog').waitFor({ state: 'detached' });
    await olga.page.getByRole('radio', { name: 'Approved' }).click({ force: true });
    await listed(olga, first).getByText('By Mona').waitFor();
  });

  it('show their owner what became of each', async () => {
    const { page } = ben;
    await page.goto('/profile/edit');
    await page.getByText('Not shown', { exact: true }).waitFor();
    await page.getByText(reason).waitFor();
    await page.goto('/notifications');
    await page.getByText('One of your photos is not shown.').waitFor();
    expect([ben, mona, olga].flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
