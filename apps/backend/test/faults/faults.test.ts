import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { send } from '../rig/http';
import { type Random, seeded } from '../rig/random';
import { gather } from './evidence';
import { planOf } from './plan';
import { type Platform, startPlatform } from './platform';
import { storm } from './storm';
import { chat, newRecords } from './talk';
import { startTimeline } from './timeline';
import { findingsOf } from './verdict';

const people = Number(process.env.FAULT_PEOPLE ?? 200);
const longest = Number(process.env.FAULT_SECONDS ?? 60);
/** One that was always gone through, and one of half its length that never was: what that one finds is found again by its number. */
const rounds =
  process.env.FAULT_SEED === undefined
    ? [
        { seed: 20_260_115, seconds: longest },
        { seed: Math.floor(Math.random() * 2 ** 31), seconds: longest / 2 },
      ]
    : [{ seed: Number(process.env.FAULT_SEED), seconds: longest }];
/** Once everything is mended, everything has to have arrived within this time. */
const settlesWithinMs = 180_000;
const isTime = { timeout: settlesWithinMs, interval: 200 };
const mostFindings = 40;

let undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.reverse()) await step();
  undo = [];
});

/** A source of chance of its own for everyone, so that nobody's is another one for what somebody else does. */
const nextRandom = (random: Random) => seeded(Math.floor(random() * 2 ** 32));

/** Whether every device has heard its person's whole log, and has sent everything. */
async function hasSettled({ chatters, heads }: Platform, since: ReadonlyMap<string, number>): Promise<boolean> {
  const now = await heads();
  return chatters.every(({ who, conversationIds, devices }) =>
    devices.every(
      ({ client, heard }) =>
        (heard.at(-1)?.seq ?? since.get(who.id)) === now.get(who.id) && conversationIds.every((id) => client.outbox.list(id).length === 0),
    ),
  );
}

const timeout = (longest + 900) * 1_000;
it.each(rounds)(
  'whatever goes wrong, nothing that was acknowledged is lost: seed $seed, $seconds s',
  { timeout },
  async ({ seed, seconds }) => {
    const timeline = startTimeline();
    const repeat = `FAULT_SEED=${seed} FAULT_SECONDS=${seconds} FAULT_PEOPLE=${people} npm run test:faults`;
    timeline.note(repeat);
    const random = seeded(seed);
    const records = newRecords();
    const undoneBy = (step: () => unknown) => undo.push(step);
    const platform = await startPlatform({ people, random: nextRandom(random), records, timeline, undoneBy });
    const { chatters, replicas } = platform;
    const devices = chatters.flatMap((chatter) => chatter.devices);
    await vi.waitFor(() => expect(devices.filter(({ client }) => !client.realtime.status.caughtUp)).toEqual([]), isTime);
    const since = await platform.heads();

    timeline.note(`${people} people begin to talk, on ${devices.length} devices`);
    let isOver = false;
    let isGivenUp = false;
    const talk = { records, timeline, replicas, isOver: () => isOver, isGivenUp: () => isGivenUp };
    const talking = Promise.all(chatters.map((chatter) => chat(chatter, nextRandom(random), talk)));
    await Promise.all([storm(planOf(seed, seconds), platform, timeline), pause(seconds * 1_000)]);
    isOver = true;
    timeline.note('everything is mended, and nobody begins anything new');

    // Nobody helps: apps connect again and send what they have by themselves.
    const deadline = timeline.now() + settlesWithinMs;
    await Promise.race([talking, pause(settlesWithinMs)]);
    while (!(await hasSettled(platform, since)) && timeline.now() < deadline) await pause(200);
    const isSettled = await hasSettled(platform, since);
    timeline.note(isSettled ? 'everything has arrived' : 'not everything has arrived, and it is not waited for any longer');
    // What still moves would be looked at half before and half after it did.
    isGivenUp = true;
    for (const device of devices) device.dispose();
    await talking;
    for (const { name, url } of replicas)
      await vi.waitFor(
        async () => expect([name, (await send('GET', `${url}/health/readiness`)).body]).toMatchObject([name, { status: 'ok' }]),
        isTime,
      );

    const findings = findingsOf(await gather(platform, since, records));
    if (!isSettled) findings.unshift(`Not everything has arrived ${settlesWithinMs / 1_000} s after everything was mended.`);
    const { written, acknowledged, changes, reads, refusals } = records;
    const heard = devices.reduce((sum, device) => sum + device.heard.length, 0);
    timeline.note(
      `${written.length} messages written, ${acknowledged.length} acknowledgements, ${changes.length} changes, ${reads.length} marks, ${heard} events heard, ${platform.witness.looked} looked up when they were`,
    );
    for (const [what, many] of [...refusals].sort()) timeline.note(`refused ${many} times: ${what}`);
    expect(findings.slice(0, mostFindings), `${findings.length} findings. To see it again: ${repeat}\n${timeline.text()}\n`).toEqual([]);
  },
);
