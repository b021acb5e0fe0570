import { equalInConstantTime, hmac, hmacOfBytes, toHex } from '../encoding';

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Meta's: `sha256=` and the HMAC of the body's bytes with the app secret, in hexadecimal. */
export async function isSignedByMeta(body: Uint8Array, header: string | undefined, appSecret: string): Promise<boolean> {
  if (header === undefined) return false;
  return equalInConstantTime(header.toLowerCase(), `sha256=${toHex(await hmacOfBytes('SHA-256', appSecret, body))}`);
}

/** The two ways in which Twilio may write the address: with the port of the scheme, and without. */
function spellings(address: string): string[] {
  const url = new URL(address);
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const rest = `${url.pathname}${url.search}`;
  return [address, `${url.protocol}//${url.hostname}${rest}`, `${url.protocol}//${url.hostname}:${port}${rest}`];
}

/** Twilio's: the HMAC of the public address and the form's fields, sorted by name, with the auth token, in base64. */
export async function isSignedByTwilio(
  address: string,
  fields: readonly (readonly [name: string, value: string])[],
  header: string | undefined,
  authToken: string,
): Promise<boolean> {
  if (header === undefined) return false;
  const byName = new Map<string, Set<string>>();
  for (const [name, value] of fields) byName.set(name, (byName.get(name) ?? new Set()).add(value));
  const said = [...byName.keys()]
    .sort()
    .map((name) =>
      [...(byName.get(name) ?? [])]
        .sort()
        .map((value) => `${name}${value}`)
        .join(''),
    )
    .join('');
  for (const spelling of spellings(address)) {
    if (equalInConstantTime(header, toBase64(await hmac('SHA-1', authToken, `${spelling}${said}`)))) return true;
  }
  return false;
}
