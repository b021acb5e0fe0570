import type { Call } from '@app/api-client';
import type { UseCallResult } from '@app/api-client/react';
import { errorText } from '../../language/error-text';
import type { TextsOf } from '../../language/spoken';
import { duration } from '../../language/time';

/** What the end of a call says. */
export interface EndText {
  title: string;
  hint?: string;
  /** Whether it makes sense to try again at once. */
  again: boolean;
}

/** What a device refuses is told with what to do about it. All but one make sense to try again. */
const deviceTroubles = [
  'MEDIA_PERMISSION_DENIED',
  'MEDIA_NOT_FOUND',
  'MEDIA_IN_USE',
  'MEDIA_FAILED',
  'WEBRTC_UNSUPPORTED',
  'CONNECTION_FAILED',
] as const;

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
export function endText({ reason, error, call, name, isCaller }: End, t: TextsOf<'calls'>): EndText {
  if (error) {
    const trouble = deviceTroubles.find((code) => code === error.code);
    if (trouble)
      return { title: t(`trouble.${trouble}.title`), hint: t(`trouble.${trouble}.hint`), again: trouble !== 'WEBRTC_UNSUPPORTED' };
    const { title, detail } = errorText(error);
    return { title, ...(detail ? { hint: detail } : {}), again: error.code !== 'NOT_MATCHED' };
  }
  switch (reason) {
    case 'rejected':
      return isCaller
        ? { title: t('end.rejected', { name }), hint: t('end.rejectedHint'), again: false }
        : { title: t('end.declined'), again: false };
    case 'busy':
      return { title: t('end.busy', { name }), hint: t('end.busyHint'), again: true };
    case 'missed':
      return isCaller
        ? { title: t('end.noAnswer'), hint: t('end.noAnswerHint', { name }), again: true }
        : { title: t('end.missed'), again: true };
    case 'cancelled':
      return { title: isCaller ? t('end.cancelled') : t('end.hungUp', { name }), again: true };
    case 'failed':
      return { title: t('end.failed'), hint: t('end.failedHint'), again: true };
    case 'answered_elsewhere':
      return { title: t('end.elsewhere'), again: false };
    default:
      return { title: t('end.ended'), ...(call?.durationSeconds != null ? { hint: duration(call.durationSeconds) } : {}), again: false };
  }
}

/** A call in a list of past ones. */
export function historyText(call: Call, myId: string, t: TextsOf<'calls'>): { text: string; missed: boolean } {
  const isCaller = call.caller.id === myId;
  const kind = { isVideo: String(call.type === 'video') };
  switch (call.state) {
    case 'completed': {
      const facts = { ...kind, duration: duration(call.durationSeconds ?? 0) };
      return { text: isCaller ? t('history.outgoing', facts) : t('history.incoming', facts), missed: false };
    }
    case 'rejected':
      return { text: t(isCaller ? 'history.declined' : 'history.youDeclined'), missed: false };
    case 'cancelled':
      return isCaller ? { text: t('history.youHungUp'), missed: false } : { text: t('history.missed', kind), missed: true };
    case 'missed':
      return isCaller ? { text: t('end.noAnswer'), missed: false } : { text: t('history.missed', kind), missed: true };
    case 'busy':
      return isCaller ? { text: t('history.wasBusy'), missed: false } : { text: t('history.youWereBusy', kind), missed: true };
    case 'failed':
      return { text: t('history.failed'), missed: false };
    default:
      return { text: t('history.now'), missed: false };
  }
}
