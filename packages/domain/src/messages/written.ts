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
  /** A file, which may come without words, and cannot be read along with what is encrypted. */
  readonly mediaId?: string | undefined;
}

/** What a call brings: one of the two. */
export function writtenOf({ text, envelope, mediaId }: Given): Written | Failure {
  const isOpen = text !== undefined || mediaId !== undefined;
  if (isOpen === (envelope !== undefined)) {
    const message = 'Give either what is written or sent, or the envelope';
    return fail('VALIDATION_FAILED', { issues: [{ path: isOpen ? 'envelope' : 'text', message, code: 'custom' }] });
  }
  return { text: text === undefined ? null : wellFormed(text), envelope: envelope ?? null };
}
