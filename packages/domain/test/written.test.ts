import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { writtenOnce } from '../src/db/written';

const dialect = new PgDialect();
const me = sql.placeholder('me');

describe('a query that is written once', () => {
  const written: object[] = [];
  const found = writtenOnce((form: { readonly isLimited: boolean }) => {
    written.push(form);
    return sql`select ${me}::text, ${sql.placeholder('other')}::text, ${me}::text ${form.isLimited ? sql`limit ${sql.placeholder('limit')}` : sql``}`;
  });

  it('is written for each of its forms, sends what it is given once, and nothing of one call with another', () => {
    const first = dialect.sqlToQuery(found({ isLimited: false })({ me: 'ada', other: null, unused: 1 }));
    expect(first).toMatchObject({ sql: 'select $1::text, $2::text, $1::text ', params: ['ada', null] });
    const second = dialect.sqlToQuery(found({ isLimited: false })({ me: 'ben', other: 'ada' }));
    expect(second).toMatchObject({ sql: first.sql, params: ['ben', 'ada'] });
    const limited = dialect.sqlToQuery(found({ isLimited: true })({ me: 'ben', other: 'ada', limit: 3 }));
    expect(limited).toMatchObject({ sql: 'select $1::text, $2::text, $1::text limit $3', params: ['ben', 'ada', 3] });
    expect(written).toEqual([{ isLimited: false }, { isLimited: true }]);
  });

  it('stands within another', () => {
    const { sql: text, params } = dialect.sqlToQuery(sql`select ${0} union ${found({ isLimited: false })({ me: 'ada', other: 'ben' })}`);
    expect(text).toBe('select $1 union select $2::text, $3::text, $4::text ');
    expect(params).toEqual([0, 'ada', 'ben', 'ada']);
  });

  it('is refused where a value got into it, and where it is not given one', () => {
    const withValue = writtenOnce((_: object) => sql`select ${'ada'}`);
    expect(() => withValue({})).toThrow('has a value in it');
    expect(() => found({ isLimited: true })({ me: 'ada', other: 'ben' })).toThrow("not given its 'limit'");
  });
});
