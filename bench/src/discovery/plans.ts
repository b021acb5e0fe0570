import { type Database, rows } from '@app/domain';
import { type SQL, sql } from 'drizzle-orm';

/** A node of a plan of PostgreSQL, as far as it is read here. */
interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
}

/** What the database did for the queries of one request. */
export interface Work {
  readonly queries: number;
  readonly indexes: readonly string[];
  /** Tables that were read from end to end. */
  readonly scanned: readonly string[];
  /** Rows of cards that were looked at, those that were then left out too. */
  readonly cardsRead: number;
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function workOf(plans: readonly Node[]): Work {
  const nodes = plans.flatMap(nodesOf);
  const read = (node: Node) =>
    (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * node['Actual Loops'];
  const unique = (names: readonly (string | undefined)[]) => [...new Set(names.flatMap((name) => name ?? []))].sort();
  return {
    queries: plans.length,
    indexes: unique(nodes.map((node) => node['Index Name'])),
    scanned: unique(
      nodes.map((node) => (node['Node Type'] === 'Seq Scan' && node['Actual Loops'] > 0 ? node['Relation Name'] : undefined)),
    ),
    cardsRead: Math.round(nodes.filter((node) => node['Relation Name'] === 'discovery_cards').reduce((sum, node) => sum + read(node), 0)),
  };
}

/** A database that can be told to have its searches explained: each is run once more, for its plan. */
export function explaining(database: Database): { readonly database: Database; explained(task: () => Promise<unknown>): Promise<Work> } {
  let plans: Node[] | undefined;
  const execute = (query: SQL) => {
    if (plans === undefined) return database.db.execute(query);
    const noted = plans;
    return (async () => {
      const [plan] = await rows<{ 'QUERY PLAN': readonly [{ readonly Plan: Node }] }>(
        database.db,
        sql`explain (analyze, format json) ${query}`,
      );
      if (plan !== undefined) noted.push(plan['QUERY PLAN'][0].Plan);
      return database.db.execute(query);
    })();
  };
  return {
    database: { ...database, db: Object.create(database.db, { execute: { value: execute } }) },
    async explained(task) {
      plans = [];
      await task();
      const work = workOf(plans);
      plans = undefined;
      return work;
    },
  };
}
