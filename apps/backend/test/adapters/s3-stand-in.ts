import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();

/** The signature of a text for a scope `20130524/us-east-1/s3/aws4_request`, as AWS Signature Version 4 says. */
export function signatureOf(secret: string, scope: string, text: string): string {
  const key = scope.split('/').reduce<string | Uint8Array>((from, part) => hmac(from, part), `AWS4${secret}`);
  return createHmac('sha256', key).update(text).digest('hex');
}

export interface Signed {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
  readonly scope: string;
  readonly time: string;
}

const encoded = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The text that a request's signature is of. */
export function textToSign({ method, path, query, headers, signedHeaders, payloadHash, scope, time }: Signed): string {
  const pairs = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort();
  const lines = signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`);
  const canonical = [method, path, pairs.join('&'), lines.join(''), signedHeaders.join(';'), payloadHash].join('\n');
  return ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
}

export interface Kept {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly cacheControl: string | undefined;
}

const same = (one: string, other: string) => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Refused as S3 does it. */
class Denied extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

function checkSigned(request: IncomingMessage, url: URL, body: Buffer): void {
  const found = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  );
  const [, id = '', scope = '', names = '', signature = ''] = found ?? [];
  if (id !== keys.accessKeyId) throw new Denied(403, 'InvalidAccessKeyId');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const payloadHash = headers['x-amz-content-sha256'] ?? '';
  if (payloadHash !== 'UNSIGNED-PAYLOAD' && payloadHash !== sha256(body)) throw new Denied(400, 'XAmzContentSHA256Mismatch');
  const signedHeaders = names.split(';');
  if (!signedHeaders.includes('host')) throw new Denied(403, 'AccessDenied');
  const signed = { method: request.method ?? '', path: url.pathname, query: [...url.searchParams], headers, signedHeaders, payloadHash };
  const text = textToSign({ ...signed, scope, time: headers['x-amz-date'] ?? '' });
  if (!same(signatureOf(keys.secretAccessKey, scope, text), signature)) throw new Denied(403, 'SignatureDoesNotMatch');
}

interface Policy {
  readonly expiration: string;
  readonly conditions: readonly (Readonly<Record<string, string>> | readonly [string, string | number, string | number])[];
}

/** Takes a form as S3 takes it: signed, not too late, and as each condition of its policy says. Answers the key and the file. */
function checkForm(form: FormData, file: File, now: number): string {
  const field = (name: string) => String([...form].find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1] ?? '');
  const [id = '', ...scope] = field('X-Amz-Credential').split('/');
  if (id !== keys.accessKeyId) throw new Denied(403, 'InvalidAccessKeyId');
  const expected = signatureOf(keys.secretAccessKey, scope.join('/'), field('Policy'));
  if (!same(expected, field('X-Amz-Signature'))) throw new Denied(403, 'SignatureDoesNotMatch');
  const policy = JSON.parse(Buffer.from(field('Policy'), 'base64').toString()) as Policy;
  if (Date.parse(policy.expiration) < now) throw new Denied(403, 'AccessDenied');
  const allowed = new Set(['policy', 'x-amz-signature', 'file']);
  for (const condition of policy.conditions) {
    if (Array.isArray(condition)) {
      const [kind, subject, value] = condition as readonly [string, string | number, string | number];
      if (kind === 'content-length-range') {
        if (file.size < Number(subject)) throw new Denied(400, 'EntityTooSmall');
        if (file.size > Number(value)) throw new Denied(400, 'EntityTooLarge');
        continue;
      }
      const name = String(subject).slice(1);
      allowed.add(name.toLowerCase());
      if (field(name) !== value) throw new Denied(403, 'AccessDenied');
    } else {
      for (const [name, value] of Object.entries(condition as Readonly<Record<string, string>>)) {
        allowed.add(name.toLowerCase());
        if (name !== 'bucket' && field(name) !== value) throw new Denied(403, 'AccessDenied');
      }
    }
  }
  for (const name of form.keys()) if (!allowed.has(name.toLowerCase())) throw new Denied(403, 'AccessDenied');
  return field('key');
}

/**
 * One bucket of a store that speaks S3 by path, in memory. It checks each signature as AWS says it has to be, and the policies of
 * forms; that it does is checked by the vectors that AWS publishes.
 */
export async function s3StandIn(bucket = 'media', now: () => number = Date.now) {
  /** The origins whose pages may `POST`, as the bucket's CORS rules name them. */
  const origins = new Set<string>();
  const preflights: string[] = [];
  const files = new Map<string, Kept>();
  const refused: string[] = [];
  const server: Server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '', 'http://localhost');
      const body = await bodyOf(request);
      const { origin } = request.headers;
      const mayPost = origin !== undefined && origins.has(origin);
      if (mayPost) response.setHeader('access-control-allow-origin', origin).setHeader('vary', 'Origin');
      try {
        if (request.method === 'OPTIONS') {
          preflights.push(origin ?? '');
          const asked = String(request.headers['access-control-request-method']);
          if (!mayPost || asked !== 'POST' || request.headers['access-control-request-headers'] !== undefined) {
            throw new Denied(403, 'AccessForbidden');
          }
          response.writeHead(200, { 'access-control-allow-methods': 'POST', 'access-control-max-age': '3000' }).end();
          return;
        }
        const key = decodeURIComponent(url.pathname.slice(bucket.length + 2));
        if (!url.pathname.startsWith(`/${bucket}`)) throw new Denied(404, 'NoSuchBucket');
        if (request.method === 'POST' && !url.searchParams.has('delete')) {
          const type = request.headers['content-type'] ?? '';
          const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
          const file = form.get('file');
          if (!(file instanceof File)) throw new Denied(400, 'InvalidArgument');
          const name = checkForm(form, file, now());
          const bytes = Buffer.from(await file.arrayBuffer());
          files.set(name, { bytes, contentType: String(form.get('Content-Type')), cacheControl: undefined });
          response.writeHead(204).end();
          return;
        }
        checkSigned(request, url, body);
        const source = request.headers['x-amz-copy-source'];
        if (request.method === 'PUT' && source !== undefined) {
          const file = files.get(decodeURIComponent(String(source)).slice(bucket.length + 1));
          if (file === undefined) throw new Denied(404, 'NoSuchKey');
          files.set(key, file);
          response.writeHead(200, { 'content-type': 'application/xml' }).end('<CopyObjectResult><ETag>"x"</ETag></CopyObjectResult>');
        } else if (request.method === 'PUT') {
          const { 'content-type': contentType = '', 'cache-control': cacheControl } = request.headers;
          files.set(key, { bytes: body, contentType, cacheControl });
          response.writeHead(200, { etag: '"x"' }).end();
        } else if (request.method === 'GET') {
          const file = files.get(key);
          if (file === undefined) throw new Denied(404, 'NoSuchKey');
          response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.bytes.length }).end(file.bytes);
        } else {
          for (const [, name = ''] of body.toString().matchAll(/<Key>([^<]+)<\/Key>/g)) files.delete(name);
          response.writeHead(200, { 'content-type': 'application/xml' }).end('<DeleteResult/>');
        }
      } catch (error) {
        if (!(error instanceof Denied)) throw error;
        refused.push(error.code);
        const text = `<?xml version="1.0"?><Error><Code>${error.code}</Code><Message>${error.code}</Message></Error>`;
        response.writeHead(error.status, { 'content-type': 'application/xml' }).end(text);
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    files,
    refused,
    origins,
    /** The origins of the pages that asked whether they may. */
    preflights,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
