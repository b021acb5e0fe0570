import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Backend, readConfig, startBackend } from '@app/backend';
import { type EmbeddedDatabase, openPglite } from '@app/domain/pglite';
import { demoEmail, demoPassword } from '@app/domain/seed';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** A real Chromium with a camera and a microphone that are not real, and nothing that phones home. */
export function openBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error(`There is no Chromium at ${executablePath}: install it, or set CHROMIUM_PATH.`);
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
    ],
  });
}

export interface Site {
  readonly backend: Backend;
  readonly database: EmbeddedDatabase;
  readonly url: string;
  close(): Promise<void>;
}

/** The whole platform on a database in memory, serving the built web app. */
export async function openSite(variables: Record<string, string> = {}): Promise<Site> {
  const webDir = join(import.meta.dirname, '..', 'dist');
  if (!existsSync(join(webDir, 'index.html'))) throw new Error('The web app is not built: run `npm run build` first.');
  const dataDir = await mkdtemp(join(tmpdir(), 'heartline-e2e-'));
  const database = await openPglite();
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    HOST: 'localhost',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    SEED_DEMO: 'false',
    CALLS_PER_MINUTE: '100000',
    WEB_DIR: webDir,
    ...variables,
  });
  const backend = await startBackend(config, { database });
  return {
    backend,
    database,
    url: backend.url,
    async close() {
      await backend.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** One person at one device: a browser profile of their own. */
export interface Device {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained about. Empty at the end of every test. */
  readonly complaints: readonly string[];
}

export async function openDevice(browser: Browser, url: string, viewport = { width: 390, height: 844 }): Promise<Device> {
  const context = await browser.newContext({ viewport, permissions: ['camera', 'microphone'], baseURL: url, locale: 'en-GB' });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  return { page, context, complaints };
}

/** Signs someone new up through the first screen, and leaves everything that can be left for later. */
export async function signUp(device: Device, person: Newcomer): Promise<void> {
  await createAccount(device, person);
  const { page } = device;
  for (const step of ['Continue', 'Continue', 'See who is there']) await page.getByRole('button', { name: step }).click();
  await page.getByRole('link', { name: 'Discover' }).waitFor();
}

export interface Newcomer {
  readonly name: string;
  readonly email: string;
  readonly gender: 'Woman' | 'Man';
}

/** Makes an account through the first screen; what comes next is on the page then. */
export async function createAccount(device: Device, person: Newcomer): Promise<void> {
  await device.page.goto('/');
  await createAccountHere(device, person);
}

/** As `createAccount`, for who is on the first screen. */
export async function createAccountHere({ page }: Device, person: Newcomer): Promise<void> {
  await page.getByRole('link', { name: 'Create account' }).click();
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('Birth date').fill('1995-06-15');
  await page.getByLabel('Gender').selectOption(person.gender);
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill('a good long password');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Show your face' }).waitFor();
}

/** Fills in the first screen of who is new by a code or a provider, and has nothing else to say. */
export async function sayWho({ page }: Device, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Birth date').fill('1995-06-15');
  await page.getByLabel('Gender').selectOption('Woman');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Show your face' }).waitFor();
}

/** Signs one of the demo people in. */
export async function signIn({ page }: Device, name: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(demoEmail(name));
  await page.getByLabel('Password', { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Discover' }).waitFor();
}

/** Has two who are new, and have only each other to look at, like each other. Bo sees the match, and Ana the card that tells of it. */
export async function matchBoth(ana: Device, bo: Device): Promise<void> {
  // Bo came after Ana had looked.
  await ana.page.reload();
  await ana.page.getByLabel(/^Bo, \d+$/).waitFor();
  await ana.page.getByRole('button', { name: 'Like', exact: true }).click();
  await ana.page.getByLabel(/^Bo, \d+$/).waitFor({ state: 'detached' });
  await bo.page.reload();
  await bo.page.getByLabel(/^Ana, \d+$/).waitFor();
  await bo.page.keyboard.press('ArrowRight');
  await bo.page.getByRole('heading', { name: "It's a match" }).waitFor();
}

/** Has Ana and Bo sign up, match, and look at their conversation, in which Bo wrote first. */
export async function meet(ana: Device, bo: Device, hello: string): Promise<void> {
  await signUp(ana, { name: 'Ana', email: 'ana@example.com', gender: 'Woman' });
  await signUp(bo, { name: 'Bo', email: 'bo@example.com', gender: 'Man' });
  await matchBoth(ana, bo);
  await bo.page.getByRole('button', { name: 'Say hello' }).click();
  await messageField(bo).fill(hello);
  await bo.page.keyboard.press('Enter');
  await ana.page.getByRole('button', { name: 'Keep looking' }).click();
  await ana.page.getByRole('link', { name: /Chats/ }).click();
  await ana.page.getByText(hello).first().click();
  await thread(ana).getByText(hello).first().waitFor();
}

/** Signs out, and is at the door when it is done: a page that is loaded before that is still somebody's. */
export async function signOut({ page }: Device): Promise<void> {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('link', { name: 'Sign in', exact: true }).waitFor();
}

/** Where one writes. */
export function messageField({ page }: Device): Locator {
  return page.getByLabel('Message', { exact: true });
}

/** What was said, in the conversation that is open. */
export function thread({ page }: Device): Locator {
  return page.getByRole('region', { name: /^Conversation with/ });
}
