import { type PGlite, parse, protocol, type QueryOptions, type Results, type Transaction } from '@electric-sql/pglite';

const { serialize } = protocol;

/** More than the platform has queries of its own; lists of varying length make ever new ones. */
const maxStatements = 1_000;

type Ask = <Row>(text: string, params?: unknown[], options?: QueryOptions) => Promise<Results<Row>>;
type Turn = <T>(task: () => Promise<T>) => Promise<T>;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A value as PostgreSQL reads it, where it is spelled the same whatever its type there; `undefined` where it is not. */
function spelled(value: unknown): string | null | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : undefined;
}

/**
 * Has the embedded database parse and plan a query once instead of at every call, and hands it over in one piece instead of
 * in six. Its own way is taken for values that are spelled by their type, such as bytes.
 */
export function preparing(client: PGlite): PGlite {
  const statements = new Map<string, string>();
  let named = 0;

  /** Whoever calls has its turn. */
  async function run<Row>(text: string, values: (string | null)[], { parsers, ...options }: QueryOptions = {}): Promise<Results<Row>> {
    const known = statements.get(text);
    const statement = known ?? (statements.size < maxStatements ? `q${named++}` : '');
    // Where it fails it is parsed anew next time: what it refers to may have changed.
    statements.delete(text);
    const answer = await client.execProtocol(
      joined([
        ...(known === undefined ? [serialize.parse({ name: statement, text })] : []),
        serialize.bind({ statement, values }),
        serialize.describe({ type: 'P' }),
        serialize.execute({}),
        serialize.sync(),
      ]),
      { syncToFs: false },
    );
    if (statement !== '') statements.set(text, statement);
    const parsersOfAll = Object.assign(Object.create(client.parsers), parsers);
    return parse.parseResults(answer.messages, parsersOfAll, options)[0] as Results<Row>;
  }

  function asking(own: Ask, inTurn: Turn): Ask {
    return async <Row>(text: string, params: unknown[] = [], options?: QueryOptions) => {
      const values = params.map(spelled);
      if (!values.every((value) => value !== undefined)) return own<Row>(text, params, options);
      return inTurn(() => client.runExclusive(() => run<Row>(text, values, options)));
    };
  }

  const { query, transaction } = client;
  const alone: Turn = async (task) => {
    await client.waitReady;
    return client._runExclusiveTransaction(async () => {
      const result = await task();
      await client.syncToFs();
      return result;
    });
  };
  return Object.assign(client, {
    query: asking(query.bind(client), alone),
    transaction: <T>(task: (tx: Transaction) => Promise<T>) =>
      transaction.call(client, (tx) => task(Object.assign(tx, { query: asking(tx.query.bind(tx), (ask) => ask()) }))) as Promise<T>,
  });
}
