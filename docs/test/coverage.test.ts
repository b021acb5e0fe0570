import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as sdk from '@app/api-client';
import * as hooks from '@app/api-client/react';
import { api, events, webhooks } from '@app/contracts';
import { tables } from '@app/domain';
import { describe, expect, it } from 'vitest';

const endpoints = Object.entries({ ...api }).flatMap(([group, members]) => Object.keys(members).map((name) => `${group}.${name}`));

const hooksOfProviders = Object.keys(webhooks).map((name) => `webhooks.${name}`);

/** What each section of the page may name. */
const known: Readonly<Record<string, readonly string[]>> = {
  Endpoints: [...endpoints, ...Object.keys(events), ...hooksOfProviders],
  Events: [...endpoints, ...Object.keys(events)],
  Models: Object.keys(tables),
  Services: Object.keys(sdk),
  Hooks: Object.keys(hooks),
};

interface Row {
  readonly section: string;
  readonly what: string;
  readonly servedBy: string;
}

function rowsOf(page: string): Row[] {
  const rows: Row[] = [];
  let section = '';
  for (const line of page.split('\n')) {
    const heading = /^## (.+)$/.exec(line)?.[1];
    if (heading !== undefined) section = heading;
    const cells = line.split('|').map((cell) => cell.trim());
    if (section === '' || cells.length !== 5 || cells[1] === 'from' || cells[1]?.startsWith('---')) continue;
    rows.push({ section, what: `${cells[1]} ${cells[2]}`, servedBy: cells[3] ?? '' });
  }
  return rows;
}

const rows = rowsOf(readFileSync(join(import.meta.dirname, '..', 'coverage.md'), 'utf8'));

describe('docs/coverage.md', () => {
  it('has rows in every section', () => {
    for (const section of Object.keys(known)) expect(rows.filter((row) => row.section === section).length, section).toBeGreaterThan(3);
  });

  it.each(rows)('$section: $what', ({ section, servedBy }) => {
    if (servedBy === 'planned') return;
    const named = [...servedBy.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(known[section]).toContain(name);
  });
});
