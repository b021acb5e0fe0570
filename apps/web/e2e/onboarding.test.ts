import { picturesOf } from '@app/domain/seed';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount, type Device, openBrowser, openDevice, openSite, type Site } from './rig';

describe('someone who has just signed up', () => {
  let site: Site;
  let browser: Browser;
  let device: Device;
  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite(), openBrowser()]);
    device = await openDevice(browser, site.url);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('brings photos, puts them in order by keyboard, says where they are and who they are, and finds it on their profile', async () => {
    const { page, complaints } = device;
    await createAccount(device, { name: 'Nia', email: 'nia@example.com', gender: 'Woman' });
    const drawn = await picturesOf(1, 'female');
    const files = drawn.map((bytes, index) => ({ name: `${index}.png`, mimeType: 'image/png', buffer: Buffer.from(bytes) }));
    const script = { name: 'script.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('#!/bin/sh\necho hello\n') };
    await page.getByLabel('Add photos').setInputFiles([...files, script]);
    await page.getByRole('alert').getByText('This kind of file cannot be used').waitFor();
    await page.getByRole('button', { name: 'Leave it' }).click();
    const photos = page.getByRole('img', { name: /^Photo \d of 2$/ });
    expect(await photos.count()).toBe(2);
    const first = await photos.first().getAttribute('src');
    await page.getByRole('button', { name: /^Move photo 2/ }).press('ArrowLeft');
    await page.getByText('Now photo 1 of 2.').waitFor();
    await expect.poll(() => photos.nth(1).getAttribute('src')).toBe(first);
    await page.getByRole('button', { name: 'Continue' }).click();

    await page.getByLabel('City').fill('Lisb');
    await page
      .getByRole('button', { name: /^Lisbon/ })
      .first()
      .click();
    await page.getByText('Lisbon', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();

    await page.getByLabel('Looking for').selectOption('A relationship');
    await page.getByLabel('Bio').fill('I paint doors and ride trains.');
    await page.getByRole('button', { name: 'See who is there' }).click();

    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByText('I paint doors and ride trains.').waitFor();
    await page.getByText('A relationship').waitFor();
    await page.getByRole('heading', { name: 'Your profile is 55% complete' }).waitFor();
    const shown = page.getByRole('region', { name: 'Photos' }).locator('img');
    const second = await shown.getAttribute('src');
    expect(second).not.toBe(first);
    await page.getByRole('button', { name: 'Next photo' }).click();
    await expect.poll(() => shown.getAttribute('src')).toBe(first);
    // It is really there, and is shown.
    await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  }, 90_000);
});
