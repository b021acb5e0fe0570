import { ApiError, type Call } from '@app/api-client';
import { describe, expect, it } from 'vitest';
import { endText, historyText } from '../src/features/calls/call-texts';
import { textsOf } from '../src/language/spoken';

const t = () => textsOf('calls');

const nothing = { error: null, call: null, name: 'Ben', isCaller: true };

describe('how a call ended', () => {
  it('is told from where one stood', () => {
    expect(endText({ ...nothing, reason: 'rejected' }, t()).title).toBe('Ben cannot talk now');
    expect(endText({ ...nothing, reason: 'missed' }, t()).title).toBe('No answer');
    expect(endText({ ...nothing, reason: 'missed', isCaller: false }, t()).title).toBe('Missed call');
    expect(endText({ ...nothing, reason: 'cancelled', isCaller: false }, t()).title).toBe('Ben hung up before you answered');
    expect(endText({ ...nothing, reason: 'busy' }, t()).title).toBe('Ben is in another call');
  });

  it('tells how long it was, where that is known', () => {
    expect(endText({ ...nothing, reason: 'completed', call: { durationSeconds: 65 } }, t())).toMatchObject({
      title: 'Call ended',
      hint: '1:05',
    });
    expect(endText({ ...nothing, reason: 'completed', call: { durationSeconds: null } }, t()).hint).toBeUndefined();
  });

  it('says what to do when the browser may not use the microphone', () => {
    const refused = endText({ ...nothing, reason: 'failed', error: { code: 'MEDIA_PERMISSION_DENIED', message: 'denied' } }, t());
    expect(refused.title).toBe('No access to microphone or camera');
    expect(refused.hint).toContain('site settings');
    expect(refused.again).toBe(true);
  });

  it('gives the code and the request where the service refused', () => {
    const error = new ApiError({ code: 'NOT_MATCHED', message: 'You are not matched.', status: 403, requestId: 'request-1' });
    expect(endText({ ...nothing, reason: 'failed', error }, t())).toMatchObject({ hint: 'NOT_MATCHED · request request-1', again: false });
  });
});

describe('a call in the history', () => {
  const person = (id: string) => ({ id, displayName: id, age: 30, gender: 'other' as const, city: null, photo: null });
  const call = (state: Call['state'], type: Call['type'] = 'audio'): Call => ({
    id: 'call',
    type,
    provider: 'webrtc',
    state,
    caller: person('ada'),
    callee: person('ben'),
    createdAt: '2026-01-15T10:00:00.000Z',
    ringsUntil: '2026-01-15T10:00:45.000Z',
    answeredAt: null,
    endedAt: '2026-01-15T10:01:00.000Z',
    endedBy: null,
    durationSeconds: 60,
  });

  it('was missed only by whom it rang for', () => {
    expect(historyText(call('missed'), 'ben', t())).toEqual({ text: 'Missed call', missed: true });
    expect(historyText(call('missed'), 'ada', t())).toEqual({ text: 'No answer', missed: false });
    expect(historyText(call('cancelled', 'video'), 'ben', t())).toEqual({ text: 'Missed video call', missed: true });
  });

  it('tells which way it went and how long it was', () => {
    expect(historyText(call('completed', 'video'), 'ada', t()).text).toBe('Outgoing video call, 1:00');
    expect(historyText(call('completed'), 'ben', t()).text).toBe('Incoming call, 1:00');
  });
});
