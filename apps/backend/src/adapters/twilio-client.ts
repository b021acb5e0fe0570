import twilio from 'twilio';

export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** Instead of Twilio's own addresses: `BASE/2010-04-01…`, `BASE/video/v1…`, `BASE/verify/v2…`. */
  readonly baseUrl: string | null;
  /** How long an answer is waited for, in milliseconds. Default: ten seconds. */
  readonly timeoutMs?: number;
}

/** The address at a stand-in: `api` has no prefix, every other product its name. */
export function mappedAddress(uri: string, baseUrl: string): string {
  const { hostname, pathname, search } = new URL(uri);
  const [product = 'api'] = hostname.split('.');
  return `${baseUrl}${product === 'api' ? '' : `/${product}`}${pathname}${search}`;
}

/** Twilio's library, its requests sent to another address where one is set. */
export function twilioClient({ accountSid, authToken, baseUrl, timeoutMs = 10_000 }: TwilioAccount) {
  const http = new twilio.RequestClient({ timeout: timeoutMs });
  if (baseUrl !== null) {
    const plain = new twilio.RequestClient({ timeout: timeoutMs });
    http.request = (request) => plain.request({ ...request, uri: mappedAddress(request.uri, baseUrl) });
  }
  return twilio(accountSid, authToken, { httpClient: http });
}
