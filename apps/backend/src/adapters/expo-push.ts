import type { Push, PushMessage, PushReceipt, PushResult } from '@app/domain';
import type { ExpoPushErrorReceipt, ExpoPushMessage } from 'expo-server-sdk';

export interface ExpoSettings {
  /** Asked for where the project turned on enhanced security. */
  readonly accessToken: string | null;
  /** A stand-in for `https://exp.host`. One for the whole process: the library reads it when it is loaded. */
  readonly baseUrl: string | null;
}

/** For how long to leave the service alone that says it had too much. In seconds. */
const rateWaitSeconds = 30;

function messageOf({ token, title, body, data, badge }: PushMessage): ExpoPushMessage {
  return { to: token, title, body, data: { ...data }, badge, sound: 'default', priority: 'high' };
}

function reasonOf({ message, details }: ExpoPushErrorReceipt): string {
  return `${details?.error ?? 'Error'}: ${message}`.slice(0, 300);
}

function refusalOf(told: ExpoPushErrorReceipt): Exclude<PushReceipt, { status: 'delivered' }> {
  return told.details?.error === 'DeviceNotRegistered' ? { status: 'dead' } : { status: 'refused', reason: reasonOf(told) };
}

/** One ticket of a push that was refused: whether it is worth another try. */
function resultOf(told: ExpoPushErrorReceipt): PushResult {
  const error = told.details?.error;
  if (error === 'MessageRateExceeded') return { status: 'later', reason: reasonOf(told), retryAfterSeconds: rateWaitSeconds };
  if (error === 'ExpoError' || error === 'ProviderError') return { status: 'later', reason: reasonOf(told) };
  return refusalOf(told);
}

/** A whole request that failed: nothing of it was taken, or nobody knows. */
function failedRequest(error: unknown): PushResult {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : undefined;
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300);
  // What is wrong with the request itself is wrong at every try; a key that is not taken can be put right.
  const isHopeless = status !== undefined && status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
  if (isHopeless) return { status: 'refused', reason };
  return { status: 'later', reason, ...(status === 429 ? { retryAfterSeconds: rateWaitSeconds } : {}) };
}

/** Pushes by Expo's service. What became of a push is told later, in its receipt. */
export async function expoPush({ accessToken, baseUrl }: ExpoSettings): Promise<Push> {
  if (baseUrl !== null) process.env.EXPO_BASE_URL = baseUrl.replace(/\/$/, '');
  // Loaded here: it reads the base address when it is loaded, and most starts do without.
  const { Expo } = await import('expo-server-sdk');
  const expo = new Expo({ ...(accessToken === null ? {} : { accessToken }) });

  async function sendChunk(chunk: ExpoPushMessage[]): Promise<PushResult[]> {
    try {
      const tickets = await expo.sendPushNotificationsAsync(chunk);
      return tickets.map((ticket) => (ticket.status === 'ok' ? { status: 'sent', ticket: ticket.id } : resultOf(ticket)));
    } catch (error) {
      return chunk.map(() => failedRequest(error));
    }
  }

  return {
    async send(messages) {
      const results: PushResult[] = [];
      for (const chunk of expo.chunkPushNotifications(messages.map(messageOf))) results.push(...(await sendChunk(chunk)));
      return results;
    },
    async receipts(tickets) {
      const found = new Map<string, PushReceipt>();
      for (const chunk of expo.chunkPushNotificationReceiptIds([...tickets])) {
        const receipts = await expo.getPushNotificationReceiptsAsync(chunk);
        for (const [ticket, receipt] of Object.entries(receipts)) {
          found.set(ticket, receipt.status === 'ok' ? { status: 'delivered' } : refusalOf(receipt));
        }
      }
      return found;
    },
  };
}
