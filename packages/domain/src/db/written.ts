import { is, Param, Placeholder, SQL, StringChunk } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Db } from './database';

/** As a query is given it; a list as its text: `{1,2}`. */
export type Value = string | number | null;
/** A query with nothing left open, for values that are given by name. */
export type Written<Given> = (given: Given) => SQL;

/** An id: it needs no quotes, and most lists are of those. */
const isPlain = /^[0-9a-f-]{36}$/;

/** A list as PostgreSQL reads it, of whatever type: a query that is given it is the same one for however many. */
export function arrayOf(values: readonly Value[]): string {
  return `{${values.map(elementOf).join()}}`;
}

function elementOf(value: Value): string | number {
  if (value === null) return 'null';
  return typeof value === 'number' || isPlain.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

const dialect = new PgDialect();
/** More forms than the queries written here have. */
const mostForms = 500;

/**
 * Has a query written once for each of its forms instead of at every call, which for a long one costs the service as much as to send
 * it. `write` sees nothing but the form, so nothing of what one call is given can get into the text that the next one is asked
 * with: that stands in it as `sql.placeholder(name)`. A name is sent once, however often it is asked for.
 */
export function writtenOnce<Form extends object, Given extends Readonly<Record<string, Value>>>(
  write: (form: Form) => SQL,
): (form: Form) => Written<Given> {
  const known = new Map<string, Written<Given>>();
  return (form) => {
    const name = JSON.stringify(form);
    const query = known.get(name) ?? written<Given>(write(form));
    if (known.size >= mostForms) known.clear();
    known.set(name, query);
    return query;
  };
}

function written<Given extends Readonly<Record<string, Value>>>(query: SQL): Written<Given> {
  const { sql: draft, params } = dialect.sqlToQuery(query);
  const asked = params.map((param) => {
    if (!is(param, Placeholder)) throw new Error('A query that is written once has a value in it.');
    return param.name;
  });
  const names = [...new Set(asked)];
  const places = asked.map((name) => names.indexOf(name));
  const between = draft.split(/\$\d+/).map((text) => new StringChunk(text));
  const text = draft.replace(/\$(\d+)/g, (_, number: string) => `$${(places[Number(number) - 1] ?? 0) + 1}`);
  return (given) => {
    const values = names.map((name) => {
      const value = given[name];
      if (value === undefined) throw new Error(`A query was not given its '${name}'.`);
      return value;
    });
    // The pieces serve where it stands within another query, which counts its own values.
    const pieces = between.flatMap((piece, index) => (index === 0 ? [piece] : [new Param(values[places[index - 1] ?? 0]), piece]));
    return Object.assign(new SQL(pieces), { toQuery: () => ({ sql: text, params: values }) });
  };
}

/** As `writtenOnce` for a query of the builder: prepared once for a database. A transaction, which is another each time, prepares its own. */
export function preparedOnce<Prepared>(prepare: (db: Db) => Prepared): (db: Db) => Prepared {
  const known = new WeakMap<Db, Prepared>();
  return (db) => {
    const prepared = known.get(db) ?? prepare(db);
    known.set(db, prepared);
    return prepared;
  };
}
