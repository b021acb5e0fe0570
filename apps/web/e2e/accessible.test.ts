import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { demoEmail, demoPassword } from '@app/domain/seed';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openSite, type Site } from './rig';

/** What axe finds: names that are missing, contrast, roles, order. What it cannot see is looked at by people. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const outside = ['/', '/sign-in', '/sign-up'];
const inside = [
  '/discover',
  '/matches',
  '/likes',
  '/notifications',
  '/chats',
  '/calls',
  '/friends',
  '/profile',
  '/profile/edit',
  '/settings',
  '/settings/notifications',
  '/settings/devices',
  '/settings/blocked',
  '/settings/location',
  '/settings/reports',
  '/settings/password',
  '/settings/account',
];
const admin = ['/admin/photos', '/admin/reports', '/admin/users', '/admin/statistics', '/admin/audit'];

describe('the pages', () => {
  let site: Site;
  let browser: Browser;
  let axe: string;

  beforeAll(async () => {
    [site, browser, axe] = await Promise.all([
      openSite({ SEED_DEMO: 'true' }),
      openBrowser(),
      readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
    ]);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function openAs(name: string | undefined, colorScheme: 'light' | 'dark', width: number): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      baseURL: site.url,
      locale: 'en-GB',
      colorScheme,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    if (name === undefined) return page;
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(demoEmail(name));
    await page.getByLabel('Password', { exact: true }).fill(demoPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Discover' }).waitFor();
    return page;
  }

  /** What is wrong with the pages, once everything on them is loaded. */
  async function faultsOf(page: Page, paths: readonly string[]): Promise<string[]> {
    const faults: string[] = [];
    for (const path of paths) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForFunction(() => document.querySelector('.skeleton') === null);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(
        (values) =>
          (window as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } }).axe.run(document, {
            runOnly: values,
          }),
        rules,
      );
      for (const { id, nodes } of violations) faults.push(`${path}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (tooWide > 0) faults.push(`${path}: wider than the screen by ${tooWide}px`);
    }
    await page.context().close();
    return faults;
  }

  it.each([
    ['light', 360],
    ['dark', 1280],
  ] as const)('have nothing that keeps people out, in %s, %i wide', { timeout: 180_000 }, async (theme, width) => {
    expect(await faultsOf(await openAs(undefined, theme, width), outside)).toEqual([]);
    expect(await faultsOf(await openAs('ada', theme, width), inside)).toEqual([]);
    expect(await faultsOf(await openAs('olga', theme, width), admin)).toEqual([]);
  });
});
