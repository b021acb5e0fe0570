import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endpoints, exampleInput } from '@app/contracts';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '..');
const ids = (Object.keys(endpoints) as (keyof typeof endpoints)[]).filter((id) => !id.startsWith('realtime.'));

/** A call that must not compile: it shows that the types are looked at. */
const refusal = (id: string) => `  // @ts-expect-error there is no such field\n  await client.${id}({ nonsense: true });\n`;

/** A consumer's file that calls every endpoint, and reads the answer. */
function everyEndpoint(): string {
  const calls = ids.map(
    (id, n) =>
      `  const a${n} = await client.${id}(${JSON.stringify(exampleInput(id))});\n  console.log(Object.keys(a${n}));\n${refusal(id)}`,
  );
  return `import { createApiClient } from '@app/api-client';
const client = createApiClient({ baseURL: 'https://api.example.com/api/v1' });
export async function useEverything(): Promise<void> {
${calls.join('')}}
`;
}

/** The same with a query or a mutation of TanStack Query for every endpoint. */
function everyQuery(): string {
  const options = ids.map((id, n) =>
    endpoints[id].method === 'GET'
      ? `export const a${n} = apiQuery(client, '${id}', ${JSON.stringify(exampleInput(id))});\n`
      : `export const a${n} = apiMutation(client, '${id}');\n`,
  );
  return `import { createApiClient } from '@app/api-client';
import { apiMutation, apiQuery } from '@app/api-client/react';
const client = createApiClient({ baseURL: 'https://api.example.com/api/v1' });
${options.join('')}`;
}

/** What the compiler does for a file, against the built package's types: its instantiations, and what it has to say. */
function check(name: string, text: string): { instantiations: number; faults: string[] } {
  const directory = path.join(root, '.build/consumer');
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, name);
  writeFileSync(file, text);
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    paths: { '@app/api-client': [path.join(root, 'dist/index.d.ts')], '@app/api-client/react': [path.join(root, 'dist/react/index.d.ts')] },
  });
  const faults = ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  return { instantiations: program.getInstantiationCount(), faults };
}

/** Instantiations that a consumer of every endpoint costs beyond an empty file. Needs the built package. */
export function measureTypes() {
  const empty = check('empty.ts', 'export {};\n').instantiations;
  const files: { what: string; budget?: number; instantiations: number; faults: string[] }[] = [
    { what: 'a file that calls every endpoint', budget: 10_000, ...check('every-endpoint.ts', everyEndpoint()) },
    { what: 'a file with a query or mutation of every endpoint', ...check('every-query.ts', everyQuery()) },
  ];
  return files.map((file) => ({ ...file, instantiations: file.instantiations - empty }));
}

if (process.argv[1] === import.meta.filename) {
  const lines = measureTypes();
  console.table(lines.map(({ what, instantiations, budget }) => ({ 'type-checking': what, instantiations, budget: budget ?? '' })));
  for (const { what, instantiations, budget, faults } of lines) {
    if (budget && instantiations > budget) faults.push(`${what}: ${instantiations} instantiations, at most ${budget}`);
    for (const fault of faults) console.error(fault);
    if (faults.length > 0) process.exitCode = 1;
  }
}
