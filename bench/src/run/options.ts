import { parseArgs } from 'node:util';

export const parts = ['stack', 'postgres', 'realtime', 'discovery', 'photos', 'logins', 'jobs', 'search'] as const;
export type Part = (typeof parts)[number];

export interface Options {
  /** A smoke test: everything runs, nothing long enough to be trusted. */
  readonly quick: boolean;
  readonly only: readonly Part[];
  /** Of the HTTP endpoints only these; none: all. */
  readonly endpoints: readonly string[];
  /** Among how many people discovery is measured; none: as many as is usual. */
  readonly people: readonly number[];
  /** Level of both sides' logs. */
  readonly log: string;
  /** Where to write the figures, beside printing them. */
  readonly json: string | undefined;
}

export const usage = `npm run bench -- [--quick] [--only ${parts.join('|')}]… [--endpoint ID]… [--people N]… [--log LEVEL] [--json FILE]`;

/** Throws where an argument is not known. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      endpoint: { type: 'string', multiple: true, default: [] },
      people: { type: 'string', multiple: true, default: [] },
      log: { type: 'string', default: 'warn' },
      json: { type: 'string' },
    },
  });
  const only = values.only.map((name) => {
    const part = parts.find((known) => known === name);
    if (part === undefined) throw new Error(`There is no part '${name}'. There are: ${parts.join(', ')}.`);
    return part;
  });
  const people = values.people.map((text) => {
    if (!/^[1-9]\d{2,6}$/.test(text)) throw new Error(`'${text}' is no number of people from 100 to 9999999.`);
    return Number(text);
  });
  const { quick, endpoint: endpoints, log, json } = values;
  return { quick, only: only.length === 0 ? parts : only, endpoints, people, log, json };
}
