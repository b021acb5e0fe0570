import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Event, endpoints, errors, events } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareSources } from '../../build/build';
import { disagreements } from '../../build/check-types';
import { measure } from '../../build/size';
import * as source from '../../src/wire';

const directory = path.resolve(import.meta.dirname, '../../.build/test');
const wireFile = path.join(directory, 'src/wire.ts');
let generated = '';

beforeAll(() => {
  generated = prepareSources(directory);
}, 180_000);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the generated wire module', () => {
  it('knows every endpoint, event, signal and error of the contracts', () => {
    const ids = Object.keys(endpoints).filter((id) => !id.startsWith('realtime.'));
    for (const id of ids) expect(generated).toContain(`'${id}': { input: `);
    for (const [name, { signal }] of Object.entries<Event>({ ...events }))
      expect(generated.split(`  '${name}': `)).toHaveLength(signal ? 3 : 2);
    for (const code of Object.keys(errors)) expect(generated).toMatch(new RegExp(`^  ${code}: `, 'm'));
  });

  it('exports at run time what the one in the repository does', async () => {
    const copy = (await import(/* @vite-ignore */ wireFile)) as typeof source;
    expect(Object.keys(copy).sort()).toEqual(Object.keys(source).sort());
    const data = (module: object) => JSON.parse(JSON.stringify({ ...module })) as unknown;
    expect(data(copy)).toEqual(data(source));
    expect(copy.nextCallState('ringing', 'accept')).toBe('in_progress');
  });

  it('stands by itself: neither it nor anything that is published imports zod or the contracts', () => {
    for (const file of ['src/wire.ts', 'src/call-machine.ts']) {
      expect(readFileSync(path.join(directory, file), 'utf8')).not.toMatch(/from 'zod'|@app\/contracts/);
    }
  });

  it('says in its docs what a caller has to know', () => {
    expect(generated).toMatch(/\/\*\*\n {5}\* Create an account and sign in\.[^/]*@throws ApiError `EMAIL_TAKEN`, `UNDER_AGE`/);
  });

  // That the two agree as they are is proven by `prepareSources`, which throws otherwise. This proves that it would.
  it('would not be built where a type differs', () => {
    const differences: [pattern: RegExp, replacement: string, place: string][] = [
      [/(interface Message \{)/, '$1 extra: string;', "source.Endpoints['messages.send']['output']"],
      [/(interface MessagesEditInput \{[^}]*)messageId: /, '$1messageId?: ', "source.Endpoints['messages.edit']['input']"],
      [/('match:created': )MatchCreated/, '$1MatchCreated & { more: 1 }', "source.EventMap['match:created']"],
      [/(interface TypingStoppedInput \{[^}]*: )string/, '$1number', "source.SignalMap['typing:stopped']"],
      [/(RATE_LIMITED: )\w+/, '$1undefined', "source.ErrorDetails['RATE_LIMITED']"],
      [/^ {2}'users\.me': .*\n/m, '', 'keyof source.Endpoints'],
    ];
    const broken = differences.reduce((text, [pattern, replacement]) => {
      expect(text).toMatch(pattern);
      return text.replace(pattern, replacement);
    }, generated);
    writeFileSync(wireFile, broken);
    const faults = disagreements(directory, broken);
    writeFileSync(wireFile, generated);
    for (const [, , place] of differences) expect(faults.filter((fault) => fault.includes(place))).not.toEqual([]);
  }, 180_000);
});

describe('the bundle', () => {
  it('keeps to its budgets, has no zod in it, and gives one service without the others', async () => {
    const entries = { index: path.join(directory, 'src/index.ts'), react: path.join(directory, 'src/react/index.ts') };
    const { lines, faults } = await measure(entries);
    expect(faults).toEqual([]);
    expect(lines.filter(({ budget }) => budget).length).toBeGreaterThanOrEqual(4);
    for (const { bytes } of lines) expect(bytes).toBeGreaterThan(10);
  }, 180_000);
});
