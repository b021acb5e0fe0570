import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Told {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type Answering = (asked: Asked) => Told | 'hang up' | 'nothing';

export interface StandIn {
  readonly url: string;
  /** Every request so far. */
  readonly asked: Asked[];
  /** What is answered from now on. `nothing`: the connection stays open, and that is all. */
  answer(told: Answering): void;
  close(): Promise<void>;
}

/** A body as its content type says it is written: a form as an object of texts. */
function read(text: string, type: string | undefined): unknown {
  if (text === '') return undefined;
  return type?.startsWith('application/x-www-form-urlencoded') ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
}

/** An HTTP server on this machine that takes the place of a provider's. */
export async function standIn(): Promise<StandIn> {
  const asked: Asked[] = [];
  let answering: Answering = () => ({ body: {} });
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const bytes = Buffer.concat(parts);
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
    const one: Asked = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: read(text, request.headers['content-type']),
    };
    asked.push(one);
    const told = answering(one);
    if (told === 'nothing') return;
    if (told === 'hang up') {
      request.socket.destroy();
      return;
    }
    response.writeHead(told.status ?? 200, { 'content-type': 'application/json', ...told.headers });
    response.end(typeof told.body === 'string' ? told.body : JSON.stringify(told.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer(told) {
      answering = told;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
