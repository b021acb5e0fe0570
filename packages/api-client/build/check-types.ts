import { writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The names a module exports as types, and the keys of one of its interfaces, read from its text. */
function readNames(text: string): { types: string[]; keysOf(name: string): string[] } {
  const source = ts.createSourceFile('wire.ts', text, ts.ScriptTarget.Latest);
  const types = source.statements.filter((node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node));
  const isExported = (node: (typeof types)[number]) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  return {
    types: types.filter(isExported).map(({ name }) => name.text),
    keysOf(name) {
      const found = types.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
      if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`There is no interface ${name}.`);
      return found.members.flatMap(({ name: key }) => (key && (ts.isIdentifier(key) || ts.isStringLiteral(key)) ? [key.text] : []));
    },
  };
}

/** A module that compiles exactly when the two modules agree on every endpoint, event, signal, error and named type. */
export function agreementText(generated: string, paths: { generated: string; source: string }): string {
  const { types, keysOf } = readNames(generated);
  const places = [
    ...types.map((name) => name),
    ...keysOf('Endpoints').flatMap((id) => [`Endpoints['${id}']['input']`, `Endpoints['${id}']['output']`]),
    ...['EventMap', 'SignalMap', 'ErrorDetails', 'Api'].flatMap((map) => keysOf(map).map((key) => `${map}['${key}']`)),
    ...['Endpoints', 'EventMap', 'SignalMap', 'ErrorDetails', 'Api'].map((map) => `keyof ${map}`),
  ];
  const at = (module: string, place: string) => place.replace(/^(keyof )?/, `$1${module}.`);
  return [
    `import type * as generated from '${paths.generated}';`,
    `import type * as source from '${paths.source}';`,
    'type Agree<A, B> = [A] extends [B] ? ([B] extends [A] ? true : "the generated type is narrower") : "the generated type is wider";',
    ...places.map((place, n) => `export const agree${n}: Agree<${at('source', place)}, ${at('generated', place)}> = true;`),
    '',
  ].join('\n');
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  types: [],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  jsx: ts.JsxEmit.ReactJSX,
};

/** Compiles files, and answers what the compiler has to say, a line each. */
export function compile(files: string[], more: ts.CompilerOptions = {}): string[] {
  const program = ts.createProgram(files, { ...options, ...more });
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, ' ');
    if (!file) return message;
    const { line } = file.getLineAndCharacterOfPosition(start);
    return `${path.basename(file.fileName)}: ${message} In: ${file.text.split('\n')[line]?.trim()}`;
  });
}

/** What the generated module and the one in the repository do not agree on; nothing is as it should be. */
export function disagreements(directory: string, generated: string): string[] {
  const file = path.join(directory, 'agreement.ts');
  const source = path.relative(directory, path.resolve(import.meta.dirname, '../src/wire')).replaceAll('\\', '/');
  writeFileSync(file, agreementText(generated, { generated: './src/wire', source }));
  return compile([file]);
}
