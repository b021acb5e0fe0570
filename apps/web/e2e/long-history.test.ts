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

  /** How much the page holds in memory, in MiB, once what nobody needs is gone. */
  async function heap(): Promise<number> {
    const devtools = await ana.context.newCDPSession(ana.page);
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    await devtools.detach();
    return usedSize / 2 ** 20;
  }

  /** Looks at every frame from now on, until it is asked what it saw. */
  const watch = () =>
    thread(ana).evaluateHandle((box) => {
      const seen = new Set<number>();
      const broken = new Set<string>();
      const slow: number[] = [];
      const tasks: number[] = [];
      const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
      observer.observe({ type: 'longtask' });
      let [frames, mostNodes, last] = [0, 0, performance.now()];
      let isOver = false;
      function look(now: number) {
        if (isOver) return;
        frames += 1;
        if (now - last > 50) slow.push(now - last);
        last = now;
        mostNodes = Math.max(mostNodes, document.getElementsByTagName('*').length);
        const there = Array.from(box.querySelectorAll<HTMLElement>('[data-seq]'), ({ dataset }) => Number(dataset.seq));
        for (const [index, seq] of there.entries()) {
          seen.add(seq);
          const above = there[index - 1];
          if (above !== undefined && seq !== above + 1) broken.add(`${above}, ${seq}`);
        }
        requestAnimationFrame(look);
      }
      requestAnimationFrame(look);
      return {
        end() {
          isOver = true;
          observer.disconnect();
          return { frames, slow, tasks, mostNodes, seen: [...seen], broken: [...broken] };
        },
      };
    });

  const oldestShown = () => thread(ana).evaluate((box) => Number(box.querySelector<HTMLElement>('[data-seq]')?.dataset.seq));

  /** One turn of the wheel. Answers by how much the first message in view then moved otherwise than it was turned, in pixels. */
  async function turn(distance: number): Promise<number> {
    await expect.poll(() => thread(ana).evaluate((box) => box.scrollTop), { interval: 20 }).toBeGreaterThan(distance);
    const first = await thread(ana).evaluate((box) => {
      const { top } = box.getBoundingClientRect();
      const row = [...box.querySelectorAll<HTMLElement>('[data-seq]')].find((one) => one.getBoundingClientRect().top >= top);
      return { seq: row?.dataset.seq, top: row?.getBoundingClientRect().top ?? 0 };
    });
    await ana.page.mouse.wheel(0, -distance);
    const moved = await thread(ana).evaluate(async (box, { seq, top }) => {
      const by = () => (box.querySelector(`[data-seq="${seq}"]`)?.getBoundingClientRect().top ?? Number.NaN) - top;
      let [before, still] = [0, 0];
      // The browser eases into it: it is over when nothing has moved for a few frames.
      while (still < 5) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        still = before !== 0 && by() === before ? still + 1 : 0;
        before = by();
      }
      return before;
    }, first);
    return Math.abs(moved - distance);
  }

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

  it('are scrolled back through by the wheel: in order, none missing or twice, each where it was while older ones come', {
    timeout: 600_000,
  }, async () => {
    const before = await heap();
    await thread(ana).hover();
    const slowly = await watch();
    const strayed: number[] = [];
    while ((await oldestShown()) > length - 500) strayed.push(await turn(600));
    const looked = await slowly.evaluate((watched) => watched.end());
    const fast = await watch();
    while ((await oldestShown()) > length - 4_000) for (let turns = 0; turns < 10; turns += 1) await ana.page.mouse.wheel(0, -400);
    const rushed = await fast.evaluate((watched) => watched.end());
    const after = await heap();

    expect(looked.broken).toEqual([]);
    expect(rushed.broken).toEqual([]);
    expect(looked.seen.length).toBe(length + 1 - Math.min(...looked.seen) + 1);
    expect(Math.max(...strayed)).toBeLessThan(2);
    expect(Math.max(looked.mostNodes, rushed.mostNodes)).toBeLessThan(3_000);
    expect(after - before).toBeLessThan(32);
    // How quick a machine draws is its own affair: told, and not judged.
    for (const [how, { frames, slow, tasks, mostNodes }] of Object.entries({ slowly: looked, fast: rushed })) {
      const longest = Math.round(Math.max(0, ...slow));
      process.stdout.write(
        `scrolled ${how}: ${frames} frames, ${slow.length} longer than 50 ms (longest ${longest} ms), ${tasks.length} long tasks, at most ${mostNodes} nodes\n`,
      );
    }
    process.stdout.write(
      `strayed by at most ${Math.max(...strayed)} px in ${strayed.length} turns; heap ${before.toFixed(1)} to ${after.toFixed(1)} MiB\n`,
    );
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
