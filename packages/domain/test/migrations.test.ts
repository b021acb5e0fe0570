import { readFileSync } from 'node:fs';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedMigrations } from '../scripts/embed-migrations.mjs';
import { type Database, migrate, rows, tables } from '../src';
import { migrations } from '../src/db/migrations';
import { openEmptyDatabase } from './empty-database';

describe('migrations', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openEmptyDatabase();
  });
  afterAll(() => database.close());

  it('are embedded as they were generated', () => {
    const embedded = readFileSync(new URL('../src/db/migrations.ts', import.meta.url), 'utf8');
    expect(embedded).toBe(embeddedMigrations());
  });

  it('bring about the tables as they are declared', async () => {
    const journal = JSON.parse(readFileSync(new URL('../migrations/meta/_journal.json', import.meta.url), 'utf8')) as {
      entries: { idx: number; tag: string }[];
    };
    expect(journal.entries.map(({ tag }) => tag)).toEqual(migrations.map(({ name }) => name));
    const last = String(journal.entries.at(-1)?.idx).padStart(4, '0');
    const snapshot = JSON.parse(readFileSync(new URL(`../migrations/meta/${last}_snapshot.json`, import.meta.url), 'utf8'));
    expect(await generateMigration(snapshot, generateDrizzleJson(tables, snapshot.id))).toEqual([]);
  });

  it('are applied once', async () => {
    await migrate(database.db);
    const applied = await rows<{ name: string }>(database.db, sql`select name from migrations order by name`);
    expect(applied.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
  });
});
