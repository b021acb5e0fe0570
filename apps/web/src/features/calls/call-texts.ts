import type { Call } from '@app/api-client';
import type { UseCallResult } from '@app/api-client/react';
import { errorText } from '../../language/error-text';
import { duration } from '../../language/time';

/** What the end of a call says. */
export interface EndText {
  title: string;
  hint?: string;
  /** Whether it makes sense to try again at once. */
  again: boolean;
}

const deviceTroubles: Readonly<Record<string, EndText>> = {
  MEDIA_PERMISSION_DENIED: {
    title: 'No access to microphone or camera',
    hint: 'Allow Heartline to use them in the site settings of your browser, then try again.',
    again: true,
  },
  MEDIA_NOT_FOUND: { title: 'No microphone or camera found', hint: 'Plug one in, then try again.', again: true },
  MEDIA_IN_USE: {
    title: 'Your microphone or camera is busy',
    hint: 'Another app may be using it. Close that, then try again.',
    again: true,
  },
  MEDIA_FAILED: { title: 'Your microphone or camera did not start', hint: 'Unplugging it and trying again may help.', again: true },
  WEBRTC_UNSUPPORTED: { title: 'This browser cannot make calls', hint: 'A current Firefox, Chrome, Edge or Safari can.', again: false },
  CONNECTION_FAILED: { title: 'We could not connect you', hint: 'A firewall may be in the way. Another network often helps.', again: true },
};

interface End {
  reason: UseCallResult['endReason'];
  error: UseCallResult['error'];
  call: Pick<Call, 'durationSeconds'> | null;
  /** The other one. */
  name: string;
  /** Whether this user was the one who called. */
  isCaller: boolean;
}

/** How a call ended, in words for the one who reads them. */
export function endText({ reason, error, call, name, isCaller }: End): EndText {
  if (error) {
    const { title, detail } = errorText(error);
    return deviceTroubles[error.code] ?? { title, ...(detail ? { hint: detail } : {}), again: error.code !== 'NOT_MATCHED' };
  }
  switch (reason) {
    case 'rejected':
      return isCaller
        ? { title: `${name} cannot talk now`, hint: 'The call was declined.', again: false }
        : { title: 'Declined', again: false };
    case 'busy':
      return { title: `${name} is in another call`, hint: 'Try again a little later.', again: true };
    case 'missed':
      return isCaller
        ? { title: 'No answer', hint: `${name} will see that you called.`, again: true }
        : { title: 'Missed call', again: true };
    case 'cancelled':
      return isCaller ? { title: 'Call cancelled', again: true } : { title: `${name} hung up before you answered`, again: true };
    case 'failed':
      return { title: 'The call broke off', hint: 'The connection was lost.', again: true };
    case 'answered_elsewhere':
      return { title: 'Answered on another device', again: false };
    default:
      return { title: 'Call ended', ...(call?.durationSeconds != null ? { hint: duration(call.durationSeconds) } : {}), again: false };
  }
}

/** A call in a list of past ones. */
export function historyText(call: Call, myId: string): { text: string; missed: boolean } {
  const isCaller = call.caller.id === myId;
  const kind = call.type === 'video' ? 'video call' : 'call';
  switch (call.state) {
    case 'completed':
      return { text: `${isCaller ? 'Outgoing' : 'Incoming'} ${kind}, ${duration(call.durationSeconds ?? 0)}`, missed: false };
    case 'rejected':
      return { text: isCaller ? 'Declined' : 'You declined', missed: false };
    case 'cancelled':
      return isCaller ? { text: 'You hung up before an answer', missed: false } : { text: `Missed ${kind}`, missed: true };
    case 'missed':
      return isCaller ? { text: 'No answer', missed: false } : { text: `Missed ${kind}`, missed: true };
    case 'busy':
      return isCaller ? { text: 'Was in another call', missed: false } : { text: `Missed ${kind}, you were in another`, missed: true };
    case 'failed':
      return { text: 'Broke off', missed: false };
    default:
      return { text: 'Going on now', missed: false };
  }
}
