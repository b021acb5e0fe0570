import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, messageField, openBrowser, openDevice, openSite, type Site, signUp, thread } from './rig';

const length = 100_000;
const conversationId = '01970000-0000-7000-8000-00000000c0de';

/** Two people who have written a hundred thousand messages, as the service would have them. */
async function fill({ database: { client } }: Site): Promise<void> {
  await client.exec(`
    create temporary table pair as select user_id as id, display_name as name from profiles;
    insert into conversations (id, kind, open, last_seq, created_at) values ('${conversationId}', 'direct', true, ${length}, now());
    insert into conversation_members (conversation_id, user_id, joined_at, last_activity_at, read_seq, delivered_seq)
      select '${conversationId}', id, now(), now(), ${length}, ${length} from pair;
    insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
      select (lpad(to_hex(1700000000000 + n::bigint * 100000), 12, '0') || '70008' || lpad(n::text, 15, '0'))::uuid, '${conversationId}', n,
        (select id from pair where name = case when n / 3 % 2 = 0 then 'Ana' else 'Bo' end),
        ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
        'message ' || n || repeat(' and so on', n % 7 * 3), to_timestamp(1700000000 + n * 100)
      from generate_series(1, ${length}) n`);
}

describe('a hundred thousand messages', () => {
  let site: Site;
  let browser: Browser;
  let ana: Device;

  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite(), openBrowser()]);
    ana = await openDevice(browser, site.url);
    const bo = await openDevice(browser, site.url);
    await signUp(ana, { name: 'Ana', email: 'ana@example.com', gender: 'Woman' });
    await signUp(bo, { name: 'Bo', email: 'bo@example.com', gender: 'Man' });
    await bo.context.close();
    await fill(site);
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** One of them, which says more than its number. */
  const message = (n: number) => thread(ana).locator(`[data-seq="${n}"]`);
  const rows = () => thread(ana).locator('[data-row]').count();
  const jump = () => ana.page.getByRole('button', { name: 'Jump to newest' });

  /**
   * Up to where nothing is above, until older ones are there. Answers how far the first message in view has moved by that, in pixels; null where they were
   * there before anyone could look.
   */
  const scrollUp = () =>
    thread(ana).evaluate(async (box) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const all = () => [...box.querySelectorAll<HTMLElement>('[data-seq]')];
      const topOf = (row: HTMLElement | undefined) => row?.getBoundingClientRect().top ?? 0;
      box.scrollTop = 40;
      await frame();
      await frame();
      let seen: { seq: string | undefined; top: number } | undefined;
      while (box.scrollTop < 400) {
        const first = all().find((row) => topOf(row) >= box.getBoundingClientRect().top);
        seen = { seq: first?.dataset.seq, top: topOf(first) };
        await frame();
      }
      let moved = 0;
      for (let frames = 0; frames < 20 && seen; frames += 1) {
        const now = topOf(all().find((row) => row.dataset.seq === seen?.seq));
        moved = Math.max(moved, Math.abs(now - seen.top));
        await frame();
      }
      return seen ? moved : null;
    });

  it('begin with the newest, in view', async () => {
    await ana.page.goto(`/chats/${conversationId}`);
    await message(length).waitFor();
    await expect.poll(() => thread(ana).evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight)).toBeLessThan(5);
    expect(await rows()).toBeLessThan(100);
  });

  it('stay where they are while older ones come in above, and never are many at once', { timeout: 600_000 }, async () => {
    let looked = 0;
    for (let page = 0; page < 30; page += 1) {
      const moved = await scrollUp();
      if (moved !== null) {
        looked += 1;
        // Whoever spoke before the first message is not known until they are there: it may lose its distance from them.
        expect(moved).toBeLessThan(16);
      }
      expect(await rows()).toBeLessThan(100);
    }
    expect(looked).toBeGreaterThan(10);
    const nodes = await ana.page.evaluate(() => document.querySelectorAll('*').length);
    expect(nodes).toBeLessThan(3_000);
    // Further back than what is kept at once: the newest are not there any more, and are a step away.
    const oldest = Number(await thread(ana).locator('[data-seq]').first().getAttribute('data-seq'));
    expect(oldest).toBeLessThan(length - 500);
  });

  it('lead back to the newest, who stays in view while one writes', async () => {
    await jump().click();
    await message(length).waitFor();
    await messageField(ana).fill('And one more');
    await ana.page.keyboard.press('Enter');
    await message(length + 1).waitFor();
    await expect.poll(() => thread(ana).evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight)).toBeLessThan(5);
  });

  it('are led to one by one, and back', async () => {
    await ana.page.goto(`/chats/${conversationId}?at=50000`);
    await expect
      .poll(() =>
        message(50_000).evaluate((row) => {
          const { top, bottom } = row.getBoundingClientRect();
          return top > 0 && bottom < window.innerHeight;
        }),
      )
      .toBe(true);
    await jump().click();
    await message(length + 1).waitFor();
    expect(ana.complaints).toEqual([]);
  });
});
