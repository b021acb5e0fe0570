import { picturesOf } from '@app/domain/seed';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys, s3StandIn } from '../../backend/test/adapters/s3-stand-in';
import { createAccount, openBrowser, openDevice, openSite } from './rig';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

const shown = (page: Page) => page.getByRole('img', { name: /^Photo \d of \d$/ });

describe('where media are kept in a bucket', () => {
  it('the page sends a photo there by itself, once the bucket’s rules name its origin', async () => {
    const store = await s3StandIn('media');
    const site = await openSite({
      S3_BUCKET: 'media',
      S3_REGION: 'eu-west-1',
      S3_ACCESS_KEY_ID: keys.accessKeyId,
      S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_ENDPOINT_URL_S3: store.url,
      S3_FORCE_PATH_STYLE: 'true',
    });
    const device = await openDevice(browser, site.url);
    try {
      const { page } = device;
      await createAccount(device, { name: 'Ben', email: 'ben@example.com', gender: 'Man' });
      const [picture] = await picturesOf(1, 'male');
      const file = { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(picture ?? []) };
      await page.getByLabel('Add photos').setInputFiles([file]);
      await page.getByRole('alert').waitFor();
      expect([store.files.size, await shown(page).count()]).toEqual([0, 0]);

      store.origins.add(new URL(site.url).origin);
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect.poll(() => shown(page).count(), { timeout: 20_000 }).toBe(1);
      expect(store.preflights).toContain(new URL(site.url).origin);
      // What was sent was looked at and is gone; the sizes that were made of it are there, and are shown.
      expect([...store.files.keys()].every((key) => key.startsWith('photos/'))).toBe(true);
      expect(store.files.size).toBe(3);
      await expect
        .poll(() =>
          shown(page)
            .first()
            .evaluate((image) => (image as HTMLImageElement).naturalWidth),
        )
        .toBeGreaterThan(0);
    } finally {
      await device.context.close();
      await site.close();
      await store.close();
    }
  }, 90_000);
});
