import type { MessageEnvelope } from '@app/contracts';
import { wellFormed } from '../encoding';
import { type Failure, fail } from '../pipeline/failure';

/** What somebody wrote: as plain text, or as what the service cannot read. */
export interface Written {
  readonly text: string | null;
  readonly envelope: MessageEnvelope | null;
}

interface Given {
  readonly text?: string | undefined;
  readonly envelope?: MessageEnvelope | undefined;
  /** A file, which may come without words. */
  readonly mediaId?: string | undefined;
}

/** What a call brings: one of the two, or a file without words. */
export function writtenOf({ text, envelope, mediaId }: Given): Written | Failure {
  const isNothing = text === undefined && mediaId === undefined && envelope === undefined;
  if (isNothing || (text !== undefined && envelope !== undefined)) {
    const message = 'Give either what is written or sent, or the envelope';
    return fail('VALIDATION_FAILED', { issues: [{ path: isNothing ? 'text' : 'envelope', message, code: 'custom' }] });
  }
  return { text: text === undefined ? null : wellFormed(text), envelope: envelope ?? null };
}
