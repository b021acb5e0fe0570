import { accountsTopic } from '@app/domain';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount, type Device, meet, messageField, openBrowser, openDevice, openSite, type Site, thread } from './rig';

/** A JPEG with something in its EXIF. */
function takenAt(jpeg: Buffer, where: string): Buffer {
  const said = Buffer.from(`Exif\0\0MM\0*\0\0\0\x08\0\0${where}`, 'latin1');
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(said.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, said, jpeg.subarray(2)]);
}

describe('two people who have their conversation encrypted', () => {
  let site: Site;
  let browser: Browser;
  let ana: Device;
  let bo: Device;

  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite(), openBrowser()]);
    ana = await openDevice(browser, site.url);
    bo = await openDevice(browser, site.url, { width: 1280, height: 800 });
    await meet(ana, bo, 'Hello Ana!');
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function choose({ page }: Device, item: string): Promise<void> {
    await page.getByRole('button', { name: 'More options' }).first().click();
    await page.getByRole('menuitem', { name: item }).click();
  }

  it('hear that the other one has to set it up as well', async () => {
    await choose(ana, 'Encrypt this conversation');
    await ana.page.getByRole('button', { name: 'Encrypt from now on' }).click();
    await ana.page.getByText('One of you has not set up encryption on any device yet.').first().waitFor({ timeout: 60_000 });
  });

  it('set it up, write, and read it after the page was loaded anew', async () => {
    await choose(bo, 'Encrypt this conversation');
    await bo.page.getByRole('button', { name: 'Encrypt from now on' }).click();
    await bo.page.getByRole('img', { name: 'End-to-end encrypted' }).waitFor({ timeout: 60_000 });
    await messageField(bo).fill('For your eyes only');
    await bo.page.keyboard.press('Enter');
    await ana.page.keyboard.press('Escape');
    await thread(ana).getByText('For your eyes only').first().waitFor();
    await messageField(ana).fill('And for yours');
    await ana.page.getByRole('button', { name: 'Send' }).click();
    await thread(bo).getByText('And for yours').first().waitFor();
    await ana.page.reload();
    await thread(ana).getByText('For your eyes only').first().waitFor({ timeout: 60_000 });
  });

  it('send a photo, without where it was taken, that the service has nothing of but bytes', async () => {
    const photo = await ana.page.screenshot({ type: 'jpeg' });
    const loaded: { url: string; body: Promise<Buffer> }[] = [];
    bo.page.on('response', (answer) => {
      if (answer.url().includes('/media/messages/')) loaded.push({ url: answer.url(), body: answer.body() });
    });
    // What the page has opened, before it is shown: the page itself may not load it a second time.
    await bo.page.evaluate(() => {
      const address = URL.createObjectURL;
      URL.createObjectURL = (made) => {
        if (made instanceof Blob) Object.assign(globalThis, { opened: made });
        return address(made);
      };
    });
    const chooser = ana.page.waitForEvent('filechooser');
    await ana.page.getByRole('button', { name: 'Add a photo or a video' }).click();
    await (await chooser).setFiles({ name: 'here.jpg', mimeType: 'image/jpeg', buffer: takenAt(photo, '38.7223 N 9.1393 W') });
    await ana.page.getByRole('button', { name: 'Send', exact: true }).click();
    const shown = thread(bo).getByRole('button', { name: 'Open the photo' });
    await shown.getByRole('img', { name: 'Photo' }).waitFor();
    expect(loaded).toHaveLength(1);
    await shown.click();
    await bo.page.waitForFunction(() => document.querySelector<HTMLImageElement>('[role=dialog] img')?.naturalWidth === 390);
    const opened = await bo.page.evaluate(async () => {
      const bytes = new Uint8Array(await (globalThis as unknown as { opened: Blob }).opened.arrayBuffer());
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    });
    expect(opened.slice(0, 3)).toBe('\xff\xd8\xff');
    expect(opened).not.toContain('38.7223');
    expect(loaded.map(({ url }) => new URL(url).pathname.endsWith('/encrypted.bin'))).toEqual([true, true]);
    for (const { body } of loaded) expect((await body).subarray(0, 3)).not.toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    await bo.page.keyboard.press('Escape');
    await thread(ana).getByRole('button', { name: 'Open the photo' }).waitFor();
  });

  it('hand a photo in to the moderators, who alone see it', async () => {
    await choose(bo, 'Report');
    // By its label, which is waited for: while the thread still scrolls nothing in it can be pressed.
    await bo.page
      .locator('label')
      .filter({ has: bo.page.getByRole('checkbox', { name: /Photo/ }) })
      .click();
    await bo.page.getByText('1 chosen').waitFor();
    await bo.page.getByRole('button', { name: 'Report', exact: true }).click();
    await bo.page.getByRole('switch', { name: /Show the moderators these files/ }).click();
    await bo.page.getByLabel('What is it about?').selectOption('Nudity or sexual content');
    await bo.page.getByRole('button', { name: 'Send report' }).click();
    await bo.page.getByText('Thank you. We will look at it.').first().waitFor();

    const mona = await openDevice(browser, site.url);
    await createAccount(mona, { name: 'Mona', email: 'mona@example.com', gender: 'Woman' });
    const { rows } = await site.database.client.query<{ id: string }>(
      "update users set role = 'moderator' where id = (select user_id from profiles where display_name = 'Mona') returning id",
    );
    site.backend.platform.kernel.ports.bus.publish(accountsTopic, { kind: 'account', userId: rows[0]?.id ?? '' });
    await mona.page.goto('/admin/reports');
    await mona.page.getByText('Nudity or sexual content').click();
    const photo = mona.page.getByRole('img', { name: 'Photo that was sent' });
    await photo.waitFor();
    expect(await photo.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(390);
    await mona.page.getByText('this is the file that was sent').waitFor();
    expect(mona.complaints).toEqual([]);
  });

  it('see the same sixty digits', async () => {
    const digits: string[] = [];
    for (const one of [ana, bo]) {
      await choose(one, 'Safety number');
      const sheet = one.page.getByRole('dialog', { name: /Your safety number/ });
      await sheet.getByRole('listitem').first().waitFor({ timeout: 60_000 });
      digits.push((await sheet.getByRole('listitem').allTextContents()).join(''));
    }
    expect(digits[0]).toMatch(/^\d{60}$/);
    expect(digits[1]).toBe(digits[0]);
    await ana.page.getByRole('button', { name: 'It is the same' }).click();
    await ana.page.getByText('You have compared it.').waitFor();
  });

  it('nothing of it was complained about', () => {
    expect([...ana.complaints, ...bo.complaints]).toEqual([]);
  });
});
