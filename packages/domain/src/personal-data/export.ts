import { type DataExport, exportDays, exportEveryHours } from '@app/contracts';
import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Db } from '../db/database';
import { notify } from '../notifications/notify';
import type { Work } from '../pipeline/context';
import { isUsable } from '../users/standing';
import { users } from '../users/table';
import type { Section } from './decision';
import { decisions } from './decisions';
import { dataExportParts, dataExports, type ExportPosition } from './table';

type Row = typeof dataExports.$inferSelect;

const hourMs = 60 * 60 * 1000;
const rowsABatch = 500;
/** So many batches are written in one transaction. */
const batchesATime = 20;
const start: ExportPosition = { section: 0, after: null };

const sections = Object.values(decisions).flatMap(({ copy }): Section[] => ('read' in copy ? [copy] : []));
const encoder = new TextEncoder();

export function presentExport(row: Row): DataExport {
  return {
    status: row.readyAt === null ? 'preparing' : 'ready',
    requestedAt: row.requestedAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    parts: row.parts,
    bytes: row.bytes,
  };
}

/** The copy that someone has asked for, if it has not expired. */
export async function currentExport(db: Db, userId: string, now: Date): Promise<Row | undefined> {
  const [row] = await db.select().from(dataExports).where(eq(dataExports.userId, userId));
  return row === undefined || (row.expiresAt !== null && row.expiresAt <= now) ? undefined : row;
}

/** Begins a copy, in place of the one before; while that is new, it is answered. `begun`: whether there is a new one. */
export async function beginExport(work: Work, userId: string): Promise<{ row: Row; begun: boolean }> {
  const { db, now } = work;
  // The account is held, so that two devices that ask at once ask for one.
  await db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
  const [before] = await db.select().from(dataExports).where(eq(dataExports.userId, userId));
  if (before !== undefined && before.requestedAt.getTime() > now.getTime() - exportEveryHours * hourMs)
    return { row: before, begun: false };
  await db.delete(dataExports).where(eq(dataExports.userId, userId));
  const row: Row = { userId, requestedAt: now, readyAt: null, expiresAt: null, parts: 0, bytes: 0, position: start };
  await db.insert(dataExports).values(row);
  work.enqueue('accounts.export', { userId });
  return { row, begun: true };
}

/** The next piece of the document, and where the one after it begins; `undefined` where the document is complete. */
async function nextPiece(work: Work, userId: string, { section: index, after }: ExportPosition) {
  const section = sections[index];
  if (section === undefined) return undefined;
  const batch = await section.read(work, userId, after, rowsABatch);
  const isFirst = after === null;
  const head = isFirst ? `${index === 0 ? '{' : ','}\n${JSON.stringify(section.name)}:[\n` : ',\n';
  const body = batch.items.map((item) => JSON.stringify(item)).join(',\n');
  // Where the last batch was exactly full, nothing comes after it.
  const text = (body === '' && !isFirst ? '' : head + body) + (batch.after === null ? '\n]' : '');
  const isLast = batch.after === null && index === sections.length - 1;
  const position: ExportPosition = batch.after === null ? { section: index + 1, after: null } : { section: index, after: batch.after };
  return { text: isLast ? `${text}\n}\n` : text, position };
}

/**
 * Writes the next parts of someone's copy, a bounded number of rows in each transaction, and comes again until it is whole;
 * then tells them. Does nothing for an account that cannot be used.
 */
export async function goOnWithExport(work: Work, userId: string): Promise<void> {
  const { db, now } = work;
  const [account] = await db.select().from(users).where(eq(users.id, userId));
  if (account === undefined || !isUsable(account, now)) return;
  const [row] = await db
    .select()
    .from(dataExports)
    .where(and(eq(dataExports.userId, userId), isNull(dataExports.readyAt)))
    .for('update');
  if (row === undefined) return;

  let { position, parts, bytes } = row;
  const pieces: string[] = [];
  let isWhole = false;
  for (let batch = 0; batch < batchesATime && !isWhole; batch += 1) {
    const piece = await nextPiece(work, userId, position);
    isWhole = piece === undefined;
    if (piece === undefined) break;
    pieces.push(piece.text);
    position = piece.position;
  }
  const text = pieces.join('');
  if (text !== '') {
    parts += 1;
    bytes += encoder.encode(text).length;
    await db.insert(dataExportParts).values({ userId, part: parts, text });
  }
  const expiresAt = isWhole ? new Date(now.getTime() + exportDays * 24 * hourMs) : null;
  await db
    .update(dataExports)
    .set({ position, parts, bytes, readyAt: isWhole ? now : null, expiresAt })
    .where(eq(dataExports.userId, userId));
  if (expiresAt === null) work.enqueue('accounts.export', { userId });
  else await notify(work, { userId, kind: 'export_ready', data: { expiresAt: expiresAt.toISOString() } });
}

/** A part of a copy that is ready. */
export async function exportPart(db: Db, userId: string, part: number): Promise<string | undefined> {
  const [row] = await db
    .select({ text: dataExportParts.text })
    .from(dataExportParts)
    .where(and(eq(dataExportParts.userId, userId), eq(dataExportParts.part, part)));
  return row?.text;
}

/** Drops copies that have expired. */
export async function expireExports(db: Db, now: Date): Promise<void> {
  await db.delete(dataExports).where(lt(dataExports.expiresAt, now));
}
