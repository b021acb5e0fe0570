import { Agent } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { Push, PushMessage, PushResult } from '@app/domain';

export interface FcmSettings {
  /** The service account's key, as JSON. Null: the requests bear no real token, for a stand-in. */
  readonly serviceAccount: string | null;
  readonly projectId: string | null;
  /** A stand-in for `https://fcm.googleapis.com`. */
  readonly baseUrl: string | null;
}

/** What the service asks for where it says no time of its own. In seconds. */
const quotaWaitSeconds = 60;

const dead = new Set([
  'messaging/registration-token-not-registered',
  'messaging/invalid-registration-token',
  // The token is of another project's app: it never was of any use here.
  'messaging/mismatched-credential',
]);
const refused = new Set([
  'messaging/invalid-argument',
  'messaging/invalid-payload',
  'messaging/invalid-data-payload-key',
  'messaging/payload-size-limit-exceeded',
  'messaging/invalid-recipient',
  'messaging/invalid-package-name',
]);
const rateLimited = new Set([
  'messaging/message-rate-exceeded',
  'messaging/device-message-rate-exceeded',
  'messaging/topics-message-rate-exceeded',
]);

function resultOf(error: unknown): PushResult {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  const reason = `${code}: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300);
  if (dead.has(code)) return { status: 'dead' };
  // A token that was never one is told as an invalid argument, and only by its text apart from other faults.
  if (code === 'messaging/invalid-argument' && /registration token/i.test(reason)) return { status: 'dead' };
  if (refused.has(code)) return { status: 'refused', reason };
  return { status: 'later', reason, ...(rateLimited.has(code) ? { retryAfterSeconds: quotaWaitSeconds } : {}) };
}

/** The library knows one host only: every connection to it is led to the stand-in. */
function agentTo(baseUrl: string): Agent {
  const { protocol, hostname, port } = new URL(baseUrl);
  const agent = new Agent({ keepAlive: true });
  const createConnection = () =>
    protocol === 'https:'
      ? connectSecure({ host: hostname, port: Number(port || 443), servername: hostname })
      : connectPlain({ host: hostname, port: Number(port || 80) });
  return Object.assign(agent, { createConnection });
}

function messageOf({ token, title, body, data, badge, collapseKey }: PushMessage) {
  return {
    token,
    notification: { title, body },
    data: { ...data },
    // The same tag takes the place of what is shown; the collapse key keeps one where the device is away.
    android: { collapseKey, priority: 'high' as const, notification: { tag: collapseKey, notificationCount: badge } },
    apns: {
      headers: { 'apns-collapse-id': collapseKey, 'apns-priority': '10' },
      payload: { aps: { badge, sound: 'default', threadId: collapseKey } },
    },
    webpush: { headers: { Urgency: 'high', Topic: collapseKey.replaceAll('-', '').slice(0, 32) }, notification: { tag: collapseKey } },
  };
}

/** Pushes by FCM's HTTP v1 API. There are no receipts: a dead token is told at once. */
export async function fcmPush({ serviceAccount, projectId, baseUrl }: FcmSettings): Promise<Push> {
  // Loaded here, because it is large and most starts do without.
  const { cert, initializeApp } = await import('firebase-admin/app');
  const { getMessaging } = await import('firebase-admin/messaging');
  const httpAgent = baseUrl === null ? undefined : agentTo(baseUrl);
  const standInToken = { getAccessToken: async () => ({ access_token: 'stand-in', expires_in: 3600 }) };
  const app = initializeApp(
    {
      credential: serviceAccount === null ? standInToken : cert(JSON.parse(serviceAccount) as object),
      ...(projectId === null ? {} : { projectId }),
      ...(httpAgent === undefined ? {} : { httpAgent }),
    },
    `push-${crypto.randomUUID()}`,
  );
  const messaging = getMessaging(app);

  async function sendOne(message: PushMessage): Promise<PushResult> {
    try {
      await messaging.send(messageOf(message));
      return { status: 'sent', ticket: null };
    } catch (error) {
      return resultOf(error);
    }
  }

  return {
    send: (messages) => Promise.all(messages.map(sendOne)),
    receipts: async () => new Map(),
  };
}
