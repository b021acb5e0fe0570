import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, openBrowser, openDevice, openSite, type Site, signIn } from './rig';

describe('people, safety and languages', () => {
  let site: Site;
  let browser: Browser;
  let ada: Device;
  let mona: Device;

  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite({ SEED_DEMO: 'true' }), openBrowser()]);
    ada = await openDevice(browser, site.url);
    mona = await openDevice(browser, site.url, { width: 1280, height: 900 });
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('the app speaks another language at once, and still does after a reload', async () => {
    const { page } = ada;
    await page.goto('/');
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
    await page.getByRole('heading', { name: 'Triff jemanden, den du anrufen willst.' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.reload();
    await page.getByRole('combobox', { name: 'Sprache' }).selectOption('en');
    await page.getByRole('heading', { name: 'Meet someone worth calling.' }).waitFor();
  });

  it('someone is reported from their page', async () => {
    const { page } = ada;
    await signIn(ada, 'Ada');
    await page.goto('/chats');
    await page
      .getByText(/Want to come\?/)
      .first()
      .click();
    await page.locator('a[href^="/people/"]:visible').first().click();
    await page.getByRole('button', { name: 'Report', exact: true }).click();
    await page.getByLabel('What is it about?').selectOption('Spam or adverts');
    await page.getByLabel('What happened?').fill('Sells climbing shoes.');
    await page.getByRole('button', { name: 'Send report' }).click();
    await page.getByText('Thank you. We will look at it.').first().waitFor();
    await page.goto('/settings/reports');
    await page.getByText('Waiting').waitFor();
  });

  it('so is what someone wrote, from the chat: by what one chooses', async () => {
    const { page } = ada;
    await page.goto('/chats');
    await page
      .getByText(/Want to come\?/)
      .first()
      .click();
    await page.getByRole('button', { name: 'More options' }).first().click();
    await page.getByRole('menuitem', { name: 'Report' }).click();
    await page.getByRole('checkbox', { name: /Want to come\?/ }).check({ force: true });
    await page.getByText('1 chosen').waitFor();
    await page.getByRole('button', { name: 'Report', exact: true }).click();
    await page.getByText('1 message goes along').waitFor();
    await page.getByLabel('What is it about?').selectOption('Spam or adverts');
    await page.getByRole('button', { name: 'Send report' }).click();
    await page.getByText('Thank you. We will look at it.').first().waitFor();
    await page.getByLabel('Message', { exact: true }).waitFor();
  });

  it('a moderator resolves it in the admin area, and the reporter hears of it', async () => {
    await signIn(mona, 'Mona');
    const { page } = mona;
    await page.getByRole('link', { name: 'Admin' }).click();
    await page.getByText('Sells climbing shoes.').click();
    await page.getByText('Want to come?').waitFor();
    await page.getByLabel('What is decided').selectOption('Warn');
    await page.getByLabel('What they are told').fill('Please do not sell things here.');
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('Resolved. The reporter is told.').first().waitFor();
    await ada.page.goto('/notifications');
    await ada.page.getByText('something was done').first().waitFor();
  });

  it('and the pages had nothing to complain about', () => {
    expect(ada.complaints).toEqual([]);
    expect(mona.complaints).toEqual([]);
  });
});
