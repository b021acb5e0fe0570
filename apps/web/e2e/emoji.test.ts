import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, meet, messageField, openBrowser, openDevice, openSite, type Site, thread } from './rig';

describe('emoji', () => {
  let site: Site;
  let browser: Browser;
  let ana: Device;
  let bo: Device;
  /** What Ana's page has loaded. */
  const loaded: string[] = [];

  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite(), openBrowser()]);
    ana = await openDevice(browser, site.url);
    bo = await openDevice(browser, site.url, { width: 1280, height: 900 });
    ana.page.on('request', (request) => loaded.push(request.url()));
    await meet(ana, bo, 'Look at this');
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const panel = ({ page }: Device) => page.getByRole('dialog');
  const search = (device: Device) => panel(device).getByRole('searchbox', { name: 'Search emoji' });
  const one = (device: Device, name: string) => panel(device).getByRole('gridcell', { name, exact: true });
  const send = ({ page }: Device) => page.getByRole('button', { name: 'Send', exact: true }).click();

  it('are put where one is writing, from a sheet on a phone, which comes with the first look and from here', async () => {
    const isEmoji = (url: string) => /\/(picker|emojis|data)-[^/]*\.js$/.test(new URL(url).pathname);
    expect(loaded.filter(isEmoji)).toEqual([]);
    await messageField(ana).fill('Good day');
    await messageField(ana).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(4, 4));
    await ana.page.getByRole('button', { name: 'Add an emoji' }).click();
    await search(ana).fill('fox');
    await one(ana, 'fox').click();
    await one(ana, 'fox').click();
    await panel(ana).getByRole('button', { name: 'Close' }).click();
    await panel(ana).waitFor({ state: 'detached' });
    expect(await messageField(ana).inputValue()).toBe('Good🦊🦊 day');
    await send(ana);
    await thread(bo).getByText('Good🦊🦊 day', { exact: true }).waitFor();
    expect(loaded.filter(isEmoji).length).toBe(3);
    expect(loaded.filter((url) => new URL(url).origin !== new URL(site.url).origin && !url.startsWith('blob:'))).toEqual([]);
  });

  it('are found by the keyboard alone, and keep their skin tone', async () => {
    await messageField(bo).focus();
    await bo.page.keyboard.press('Tab');
    await bo.page.keyboard.press('Enter');
    await search(bo).waitFor();
    await panel(bo).getByRole('radio', { name: 'dark skin tone', exact: true }).press('Space');
    await search(bo).focus();
    await bo.page.keyboard.type('astronaut');
    const chosen = panel(bo).getByRole('gridcell', { selected: true });
    await chosen
      .filter({ hasText: '🧑🏿‍🚀' })
      .or(chosen.filter({ hasText: '👩🏿‍🚀' }))
      .or(chosen.filter({ hasText: '👨🏿‍🚀' }))
      .waitFor();
    // What is chosen is what Enter takes; each arrow leads on by one.
    await expect
      .poll(async () => {
        await bo.page.keyboard.press('ArrowRight');
        return await chosen.getAttribute('aria-label');
      })
      .toBe('woman astronaut');
    await bo.page.keyboard.press('Enter');
    await bo.page.keyboard.press('Escape');
    await panel(bo).waitFor({ state: 'detached' });
    expect(await messageField(bo).inputValue()).toBe('👩🏿‍🚀');
    await messageField(bo).and(bo.page.locator(':focus')).waitFor();
    await bo.page.keyboard.press('Enter');
    await thread(ana).getByText('👩🏿‍🚀', { exact: true }).waitFor();
  });

  it('of any kind are reacted with, in the skin tone of before', async () => {
    const message = thread(bo).locator('[data-message]').filter({ hasText: 'Look at this' });
    await message.hover();
    await message.getByRole('button', { name: 'More options' }).click();
    await bo.page.getByRole('menuitem', { name: 'Another emoji' }).click();
    await search(bo).fill('holding hands');
    await one(bo, 'women holding hands').click();
    await panel(bo).waitFor({ state: 'detached' });
    await thread(ana).getByRole('button', { name: '👭🏿, 1' }).click();
    await thread(bo).getByRole('button', { name: '👭🏿, 2' }).waitFor();
  });

  it('are led to by category', async () => {
    await bo.page.getByRole('button', { name: 'Add an emoji' }).click();
    await panel(bo).getByRole('navigation', { name: 'Categories' }).getByRole('button', { name: 'food & drink' }).click();
    await one(bo, 'grapes').waitFor();
    await expect
      .poll(() =>
        one(bo, 'grapes').evaluate((cell) => {
          const { top, bottom } = cell.getBoundingClientRect();
          const view = cell.closest('[frimousse-viewport]')?.getBoundingClientRect();
          return view !== undefined && top >= view.top && bottom <= view.bottom;
        }),
      )
      .toBe(true);
    expect(ana.complaints).toEqual([]);
    expect(bo.complaints).toEqual([]);
  });
});
