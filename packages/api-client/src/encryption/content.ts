import type { SealedFile } from '../types';
import { maxQuoteLength } from '../wire';
import { readFile } from './file-content';

/** What is encrypted of a message. */
export interface Content {
  /** The message that it is the content of: put to another one it counts for nothing. */
  readonly clientId: string;
  /** Empty where a file was sent without words. */
  readonly text: string;
  /** What it answers, as its writer saw it. */
  readonly quote?: string;
  readonly file?: SealedFile;
}

/** As much of a text as stands above an answer. */
export function quoteOf(text: string): string {
  return [...text].slice(0, maxQuoteLength).join('');
}

export function writeContent({ clientId, text, quote, file }: Content): string {
  return JSON.stringify({ clientId, text, ...(quote !== undefined && { quote: quoteOf(quote) }), ...(file && { file }) });
}

/** The content, or undefined where it is none. */
export function readContent(json: string): Content | undefined {
  const { clientId, text, quote, file } = JSON.parse(json) as Partial<Record<keyof Content, unknown>>;
  if (typeof clientId !== 'string' || typeof text !== 'string') return undefined;
  const read = readFile(file);
  return { clientId, text, ...(typeof quote === 'string' && { quote }), ...(read && { file: read }) };
}
