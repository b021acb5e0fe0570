import { type SentBy, type Webhook, type WebhookName, webhooks } from '@app/contracts';
import type { Origin, Work } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import { type Parser, parser } from '../pipeline/parse';
import type { UnitOfWork } from '../pipeline/unit-of-work';
import type { Settings } from '../settings';

/** A request as it came: the signature is over these bytes and no others. */
export interface WebhookRequest {
  readonly body: Uint8Array;
  /** As it stands in the request line, with its query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly origin: Origin;
}

/** What a handler can check a signature by. */
export interface SignedRequest extends WebhookRequest {
  /** The query or the form, as it came: repeated names stand several times. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  header(name: string): string | undefined;
}

export interface WebhookHandler<Sent> {
  /** Whether it is signed by the one whose it claims to be. False where no secret is set up to tell. */
  isSigned(request: SignedRequest, settings: Settings): Promise<boolean> | boolean;
  /** Does what it asks for, once, in a transaction. Answers the body, where the provider wants one. */
  handle(work: Work, sent: Sent): Promise<string | undefined>;
}

/** One handler for every webhook; a missing one does not compile. */
export type WebhookHandlers = { readonly [Name in WebhookName]: WebhookHandler<SentBy<(typeof webhooks)[Name]>> };

/** The body of the answer; `undefined` for an envelope that says it is done. */
export type WebhookReceiver = (name: WebhookName, request: WebhookRequest) => Promise<string | undefined>;

const decoder = new TextDecoder();

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body));
  } catch (error) {
    if (error instanceof SyntaxError) throw fail('MALFORMED_JSON');
    throw error;
  }
}

/** Takes webhooks in: signature first, then what was sent is read, then its work is done. Throws a `Failure` where it is refused. */
export function webhookReceiver(handlers: WebhookHandlers, work: UnitOfWork, settings: Settings): WebhookReceiver {
  const parsers = new Map<string, Parser>(Object.entries<Webhook>(webhooks).map(([name, { sent }]) => [name, parser(sent)]));

  return async (name, request) => {
    const { format }: Webhook = webhooks[name];
    const text = format === 'query' ? (request.path.split('?')[1] ?? '') : format === 'form' ? decoder.decode(request.body) : '';
    const fields = [...new URLSearchParams(text)];
    const header = (wanted: string) => {
      const value = request.headers[wanted];
      return typeof value === 'string' ? value : undefined;
    };
    const handler = handlers[name] as WebhookHandler<unknown>;
    if (!(await handler.isSigned({ ...request, fields, header }, settings))) throw fail('WEBHOOK_SIGNATURE_INVALID');
    const sent = parsers.get(name)?.(format === 'json' ? jsonOf(request.body) : Object.fromEntries(fields));
    return work.transact((unit) => handler.handle(unit, sent));
  };
}
