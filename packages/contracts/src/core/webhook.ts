import type { ErrorCode } from '../errors';
import type { Runnable } from './schema';

/** How what a provider sends is written: in a query, as a form, or as JSON. */
export type WebhookFormat = 'query' | 'form' | 'json';

/**
 * A call that a provider makes to us, in the provider's own shape. Nobody signs in for it: its signature, over the very bytes
 * that were sent, says whose it is. It is part of the OpenAPI document, and not of the SDK.
 */
export interface Webhook<Sent = unknown> {
  readonly method: 'GET' | 'POST';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly provider: string;
  /** How it is signed, in words. */
  readonly signed: string;
  readonly format: WebhookFormat;
  /** What of it is read. The provider may send more, now or later: that is no fault. */
  readonly sent: Runnable<Sent>;
  /** The content type of the answer; a body that fits it comes from the handler. Default: an envelope that says it is done. */
  readonly answer: 'envelope' | 'text/plain' | 'text/xml';
}

/** Every code that a webhook can be answered with, beside those of a request that cannot be read. */
export const webhookErrors = [
  'WEBHOOK_SIGNATURE_INVALID',
  'VALIDATION_FAILED',
  'INTERNAL',
  'UNAVAILABLE',
] as const satisfies readonly ErrorCode[];

/** Defines a webhook. Everything about it is said here, once. */
export function webhook<Sent>(
  spec: Omit<Webhook, 'sent' | 'answer'> & { readonly sent: Runnable<Sent>; readonly answer?: Webhook['answer'] },
): Webhook<Sent> {
  return { ...spec, answer: spec.answer ?? 'envelope' };
}

/** What the handler of a webhook gets. */
export type SentBy<W> = W extends { sent: { _zod: { output: infer S } } } ? S : never;
