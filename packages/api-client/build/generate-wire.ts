import { api, ClientFrame, type Endpoint, type Event, errors, events, Failure, type Group, LoggedEvent, ServerFrame } from '@app/contracts';
import type * as z from 'zod';
import * as callMachine from '../../contracts/src/call-machine';
import * as wire from '../src/wire';
import { docText, isObject, typeWriter } from './type-text';

function pascal(text: string): string {
  return text.replace(/(^|[.:_])(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

/**
 * The text of the module that stands in for `src/wire.ts` in the published package: the same exports, as plain values and
 * plain interfaces. `./call-machine` beside it is the contracts' own file, which imports nothing.
 */
export function generateWire(): string {
  const writer = typeWriter(new Map([[Object.keys(errors).sort().join(), 'ErrorCode']]));
  const { realtime, ...groups } = api;

  /** Types that have no name in the contracts: known inside this module, and through the maps below. */
  const locals: string[] = [];

  /** The type of a schema by name; one that has none gets this one. */
  function named(schema: z.core.$ZodType, side: 'input' | 'output', name: string): string {
    const type = writer.typeOf(schema, side);
    if (!type.startsWith('{')) return type;
    locals.push(isObject(type) ? `interface ${name} ${type}\n` : `type ${name} = ${type};\n`);
    return name;
  }

  /** The input of an endpoint that takes a file. */
  function withFile(schema: z.core.$ZodType, name: string): string {
    const fields = writer.typeOf(schema, 'input');
    const others = isObject(fields) ? fields.slice(1, -1).replace(/^\n/, '') : '';
    locals.push(`interface ${name} {\n  file: FileToSend;\n${others}}\n`);
    return name;
  }

  const endpointEntries: string[] = [];
  const groupEntries = Object.entries<Group>(groups).map(([group, endpoints]) => {
    const methods = Object.entries(endpoints).map(([name, endpoint]) => {
      const inputName = `${pascal(group)}${pascal(name)}Input`;
      const input = endpoint.upload === undefined ? named(endpoint.input, 'input', inputName) : withFile(endpoint.input, inputName);
      const output = named(endpoint.output, 'output', `${pascal(group)}${pascal(name)}Output`);
      endpointEntries.push(`  '${group}.${name}': { input: ${input}; output: ${output} };\n`);
      const isOptional = input === 'NoInput' || !/^ {2}\w+: /m.test(locals.find((text) => text.startsWith(`interface ${input} `)) ?? '');
      return `${methodDoc(endpoint)}    ${name}: (input${isOptional ? '?' : ''}: ${input}, options?: CallOptions) => Promise<${output}>;\n`;
    });
    return `  ${group}: {\n${methods.join('')}  };\n`;
  });

  const eventEntries = Object.entries<Event>({ ...events }).map(([name, { summary, audience, data }]) => {
    return `${docText([`${summary} Heard by: ${audience}`], '  ')}  '${name}': ${named(data, 'output', pascal(name))};\n`;
  });
  const signalEntries = Object.entries<Event>({ ...events }).flatMap(([name, { summary, signal }]) =>
    signal ? [`${docText([summary], '  ')}  '${name}': ${named(signal.input, 'input', `${pascal(name)}Input`)};\n`] : [],
  );
  const errorEntries = Object.entries(errors).map(([code, { status, message, ...more }]) => {
    const details = 'details' in more ? named(more.details, 'output', `${pascal(code.toLowerCase())}Details`) : 'undefined';
    return `${docText([`${status}: ${message}`], '  ')}  ${code}: ${details};\n`;
  });

  for (const schema of [realtime.open.output, realtime.resume.output, LoggedEvent, Failure]) writer.typeOf(schema, 'output');
  const models = [...writer.declarations.values()];
  const frames = [
    `export type ClientFrame = ${writer.typeOf(ClientFrame, 'input')};\n`,
    `export type ServerFrame = ${writer.typeOf(ServerFrame, 'output')};\n`,
  ];
  const kindsOfFrames = [...writer.declarations.values()].slice(models.length).map((text) => text.replace('export ', ''));

  return [
    '// Generated from the contracts by build/generate-wire.ts. Do not edit.\n',
    `import type { CallOptions, FileToSend } from './types';\n`,
    valuesText(),
    `/** The endpoints of one group by name, each as \`METHOD /path flags query,names\`. */\nexport type RouteGroup = Readonly<Record<string, string>>;\n`,
    `/** The input of an endpoint that takes nothing. */\nexport type NoInput = Record<string, never>;\n`,
    ...models,
    ...kindsOfFrames,
    ...frames,
    ...locals,
    `/** Every endpoint by its id: what it takes and what it answers. */\nexport interface Endpoints {\n${endpointEntries.join('')}}\n`,
    `/** Every endpoint as a method of its group. */\nexport interface Api {\n${groupEntries.join('')}}\n`,
    `/** What the server sends, by the event's name. */\nexport interface EventMap {\n${eventEntries.join('')}}\n`,
    `/** What a device may emit, by the event's name. */\nexport interface SignalMap {\n${signalEntries.join('')}}\n`,
    `/** Every error code the service answers, with its details; \`undefined\` where it has none. */\nexport interface ErrorDetails {\n${errorEntries.join('')}}\n`,
    `/** A code of the closed catalogue of errors. */\nexport type ErrorCode = keyof ErrorDetails;\n`,
  ].join('\n');
}

function methodDoc({ summary, description, errors: codes, limit }: Endpoint): string {
  const subjects = limit && ` by ${limit.by.map((subject) => subject.replace('input.', '')).join(' and ')}`;
  return docText(
    [
      summary,
      description,
      limit &&
        `At most ${limit.max} ${limit.counts === 'failures' ? 'failures' : 'calls'} in ${limit.windowSeconds} s, counted${subjects}.`,
      codes.length > 0
        ? `@throws ApiError ${codes.map((code) => `\`${code}\``).join(', ')}, beside those that any call may answer.`
        : undefined,
    ],
    '    ',
  );
}

/** Whatever `src/wire.ts` exports at run time, written out; functions come from the call machine's own file. */
function valuesText(): string {
  const machine = Object.keys(wire).filter((name) => name in callMachine);
  const values = Object.entries(wire)
    .filter(([name]) => !machine.includes(name))
    .map(([name, value]) => {
      const isGroup = name in api;
      return `export const ${name}${isGroup ? ': RouteGroup' : ''} = ${JSON.stringify(value, null, 2)}${isGroup || typeof value !== 'object' ? '' : ' as const'};\n`;
    });
  return [`export { ${machine.join(', ')} } from './call-machine';\n`, ...values].join('\n');
}
