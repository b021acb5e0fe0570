// Writes the SQL that drizzle-kit generated into a module, so that a browser tab can migrate too.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The module's text. */
export function embeddedMigrations() {
  const files = readdirSync(join(root, 'migrations'))
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const entries = files.map((name) => {
    const statements = readFileSync(join(root, 'migrations', name), 'utf8')
      .split('--> statement-breakpoint')
      .map((statement) => statement.trim())
      .filter((statement) => statement !== '');
    return `  { name: ${JSON.stringify(name.replace(/\.sql$/, ''))}, statements: ${JSON.stringify(statements)} },`;
  });
  return [
    '// Written by `npm run migrations` from ../../migrations. Not to be edited.',
    'export interface Migration {',
    '  readonly name: string;',
    '  readonly statements: readonly string[];',
    '}',
    '',
    'export const migrations: readonly Migration[] = [',
    ...entries,
    '];',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, 'src', 'db', 'migrations.ts'), embeddedMigrations());
}
