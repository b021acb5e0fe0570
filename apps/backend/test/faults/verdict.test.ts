import type { Message } from '@app/contracts';
import { exampleOutput } from '@app/contracts';
import { describe, expect, it } from 'vitest';
import type { Heard } from './device';
import type { Evidence, PersonEvidence } from './evidence';
import { newRecords, type Records } from './talk';
import { findingsOf } from './verdict';

const conversationId = 'c';
const since = 4;

/** A message of a round, as it is kept. */
function messageOf(seq: number, changed: Partial<Message> = {}): Message {
  const senderId = seq % 2 === 1 ? 'ada' : 'ben';
  const text = `message ${seq}`;
  return { ...exampleOutput('messages.send'), id: `m${seq}`, clientId: `c${seq}`, conversationId, seq, senderId, text, ...changed };
}

const told = (seq: number, message: Message, event = 'message:created'): Heard => ({ seq, event, data: { message } });

/** Ada and Ben have written three messages, Ben has read the first; Ada has two devices. Nothing is lost. */
function allIsWell(): Evidence {
  const history = [1, 2, 3].map((seq) => messageOf(seq));
  const receipt = { seq: since + 4, event: 'message:read', data: { conversationId, userId: 'ben', readSeq: 1, unreadCount: 1 } };
  const log = [...history.map((message) => told(since + message.seq, message)), receipt];
  const records: Records = newRecords();
  for (const { id, clientId, seq, senderId, text } of history) {
    records.written.push({ clientId, conversationId, senderId, device: `${senderId} 1`, text: text ?? '' });
    records.acknowledged.push({ message: { id, clientId, conversationId, seq }, at: seq });
  }
  records.reads.push({ userId: 'ben', conversationId, seq: 1, at: 0 });
  const person = (id: string, devices: number, unreadCount: number, readSeq: number): PersonEvidence => ({
    id,
    name: id,
    since,
    log,
    views: [{ conversationId, unreadCount, readSeq }],
    devices: Array.from({ length: devices }, (_, index) => ({
      name: `${id} ${index + 1}`,
      heard: log,
      gapsFilled: 0,
      resets: 0,
      unsent: [],
    })),
  });
  return {
    people: [person('ada', 2, 1, 0), person('ben', 1, 1, 1)],
    conversations: [{ id: conversationId, memberIds: ['ada', 'ben'], history }],
    records,
    tooEarly: [],
    surprises: [],
  };
}

type Changed = (evidence: Evidence) => Evidence;

const withHistory =
  (change: (history: readonly Message[]) => readonly Message[]): Changed =>
  (evidence) => ({ ...evidence, conversations: evidence.conversations.map((one) => ({ ...one, history: change(one.history) })) });

const withAda =
  (change: (ada: PersonEvidence) => PersonEvidence): Changed =>
  (evidence) => ({ ...evidence, people: evidence.people.map((one) => (one.id === 'ada' ? change(one) : one)) });

/** What Ada's second device heard. */
const withHeard = (change: (heard: readonly Heard[]) => readonly Heard[]): Changed =>
  withAda((ada) => ({ ...ada, devices: ada.devices.map((one, index) => (index === 1 ? { ...one, heard: change(one.heard) } : one)) }));

const withRecords =
  (change: (records: Records) => void): Changed =>
  (evidence) => {
    change(evidence.records);
    return evidence;
  };

describe('the verdict', () => {
  it('finds nothing where nothing is lost', () => {
    expect(findingsOf(allIsWell())).toEqual([]);
  });

  it.each<[string, Changed, string]>([
    [
      'an acknowledged message that is not kept',
      withHistory((history) => history.slice(0, 2)),
      'c3 of ada, acknowledged at +0.00 s, is not in the history.',
    ],
    [
      'a message that is kept twice',
      withHistory((history) => [...history, messageOf(4, { clientId: 'c3', senderId: 'ada' })]),
      'has c3 2 times',
    ],
    [
      'a gap in the history',
      withHistory((history) => history.map((one) => (one.seq === 3 ? { ...one, seq: 4 } : one))),
      'is not 1 to 3: 1-2, 4',
    ],
    ['a message that nobody wrote', withHistory((history) => [...history, messageOf(4)]), 'which ben never wrote there'],
    [
      'another text',
      withHistory((history) => history.map((one) => (one.seq === 1 ? { ...one, text: 'forged' } : one))),
      'The text of c1 is another one.',
    ],
    [
      'an event that a device never heard',
      withHeard((heard) => heard.filter(({ seq }) => seq !== since + 2)),
      'ada 2 never heard 6 of the log of ada.',
    ],
    [
      'an event that a device heard twice',
      withHeard(([first, ...rest]) => (first ? [first, first, ...rest] : rest)),
      'ada 2 heard 5 more than once.',
    ],
    [
      'events in another order',
      withHeard(([first, second, ...rest]) => (first && second ? [second, first, ...rest] : rest)),
      'ada 2 heard 5 late',
    ],
    ['an event that never was', withHeard((heard) => [...heard, told(99, messageOf(3))]), 'ada 2 heard 99, which is not in the log'],
    [
      'an event that was another one',
      withHeard((heard) => heard.map((one) => (one.seq === since + 1 ? told(one.seq, messageOf(9)) : one))),
      'is message:created of something else',
    ],
    [
      'a message that a log does not have',
      withAda((ada) => ({ ...ada, log: ada.log.filter(({ seq }) => seq !== since + 3) })),
      'ada was never told of the messages 3 of c.',
    ],
    ['a log with a gap', withAda((ada) => ({ ...ada, log: ada.log.filter(({ seq }) => seq !== since + 1) })), 'The log of ada has gaps.'],
    [
      'a message that was told twice',
      withAda((ada) => ({ ...ada, log: [...ada.log, told(since + 5, messageOf(3))] })),
      'ada was told twice of c3.',
    ],
    [
      'a change that was told and not kept',
      withAda((ada) => ({ ...ada, log: [...ada.log, told(since + 5, messageOf(3, { text: 'x' }), 'message:updated')] })),
      'is not what the history of c has',
    ],
    [
      'an unread count',
      withAda((ada) => ({ ...ada, views: [{ conversationId, unreadCount: 2, readSeq: 0 }] })),
      'ada has 1 messages to read in c, and is told 2.',
    ],
    [
      'a mark that was forgotten',
      withRecords(({ reads }) => reads.push({ userId: 'ben', conversationId, seq: 3, at: 0 })),
      'ben has read c up to 3, and is told 1.',
    ],
    [
      'a mark that nobody was told of',
      withAda((ada) => ({ ...ada, views: [{ conversationId, unreadCount: 0, readSeq: 2 }] })),
      'ada was told of having read up to undefined, and it is 2.',
    ],
    [
      'an edit that was acknowledged',
      withRecords(({ changes }) => changes.push({ messageId: 'm1', conversationId, text: 'x', at: 0 })),
      'The change of m1',
    ],
    [
      'a deletion that was acknowledged',
      withRecords(({ changes }) => changes.push({ messageId: 'm1', conversationId, text: null, at: 0 })),
      'The change of m1',
    ],
    ['what was not written in that order', withRecords(({ written }) => written.reverse()), 'ada 1 wrote c3 before'],
    [
      'a gap that a device had to fill by itself',
      withAda((ada) => ({ ...ada, devices: ada.devices.map((one) => ({ ...one, gapsFilled: 2 })) })),
      'ada 1 had to ask 2 times for what its replica did not tell.',
    ],
    ['what was told too early', (evidence) => ({ ...evidence, tooEarly: ['told too early'] }), 'told too early'],
    [
      'a device that had to load everything anew',
      withAda((ada) => ({ ...ada, devices: ada.devices.map((one) => ({ ...one, resets: 1 })) })),
      'ada 1 was told 1 times to load everything anew.',
    ],
    [
      'what was never sent',
      withAda((ada) => ({ ...ada, devices: ada.devices.map((one) => ({ ...one, unsent: ['hello'] })) })),
      'ada 2 has not sent: hello',
    ],
    ['an error that nobody expects', withRecords(({ refusals }) => refusals.set('INTERNAL: messages.send failed', 3)), '3 times: INTERNAL'],
    [
      'a process that ended by itself',
      (evidence) => ({ ...evidence, surprises: ['replica one ended by itself'] }),
      'replica one ended by itself',
    ],
  ])('finds %s', (_what, change, finding) => {
    expect(findingsOf(change(allIsWell())).join('\n')).toContain(finding);
  });

  it('lets pass what says: not now', () => {
    const evidence = allIsWell();
    for (const code of ['NETWORK_ERROR', 'TIMEOUT', 'UNAVAILABLE', 'no answer']) evidence.records.refusals.set(`${code}: messages.send`, 9);
    expect(findingsOf(evidence)).toEqual([]);
  });
});
