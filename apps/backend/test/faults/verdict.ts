import type { Message, ReadReceipt } from '@app/contracts';
import type { Heard } from './device';
import type { ConversationEvidence, DeviceEvidence, Evidence, PersonEvidence } from './evidence';
import { stamp } from './timeline';

/** Codes that say: not now, ask again. And what the SDK makes of a network that is not there. */
const passing = /^(no answer|NETWORK_ERROR|TIMEOUT|UNAVAILABLE|RATE_LIMITED|CANCELLED|TOKEN_EXPIRED)\b/;

/** `3, 5-9`. */
function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let from = 0; from < numbers.length; ) {
    let to = from;
    while (numbers[to + 1] === (numbers[to] ?? 0) + 1) to += 1;
    parts.push(from === to ? `${numbers[from]}` : `${numbers[from]}-${numbers[to]}`);
    from = to + 1;
  }
  return parts.join(', ');
}

/** What a message is to everybody, whoever looks at it and however it came. */
const essence = (message: Message | undefined) =>
  message &&
  [message.id, message.clientId, message.seq, message.senderId, message.text, message.createdAt, message.editedAt, message.deletedAt].join(
    '|',
  );

const messageIn = ({ event, data }: Heard, kind: string) => (event === kind ? (data as { message: Message }).message : undefined);

/** Everything that was promised and is not so, each in a sentence. None: nothing was lost. */
export function findingsOf({ people, conversations, records, tooEarly, surprises }: Evidence): string[] {
  const findings: string[] = [...surprises, ...tooEarly];
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const writtenBy = new Map(records.written.map((one) => [one.clientId, one]));

  function checkHistory({ id, history }: ConversationEvidence): void {
    const places = history.map(({ seq }) => seq);
    if (places.some((seq, index) => seq !== index + 1))
      findings.push(`The history of ${id} is not 1 to ${history.length}: ${ranges(places)}`);
    const times = new Map<string, number>();
    for (const { clientId } of history) times.set(clientId, (times.get(clientId) ?? 0) + 1);
    for (const [clientId, many] of times) if (many > 1) findings.push(`The history of ${id} has ${clientId} ${many} times.`);
    for (const { clientId, senderId, text, editedAt, kind } of history) {
      // That there is a group from now on.
      if (kind === 'system') continue;
      const written = writtenBy.get(clientId);
      if (written === undefined || written.senderId !== senderId || written.conversationId !== id)
        findings.push(`The history of ${id} has ${clientId}, which ${nameOf.get(senderId) ?? senderId} never wrote there.`);
      else if (editedAt === null && text !== null && text !== written.text) findings.push(`The text of ${clientId} is another one.`);
    }
    const ofDevice = new Map<string, number>();
    const wanted = new Map(records.written.map(({ clientId, device }, index) => [clientId, { device, index }]));
    for (const { clientId } of history) {
      const { device, index = 0 } = wanted.get(clientId) ?? {};
      if (device === undefined) continue;
      if (index < (ofDevice.get(device) ?? 0)) findings.push(`${device} wrote ${clientId} before what stands before it in ${id}.`);
      ofDevice.set(device, index);
    }
  }

  function checkAcknowledged(): void {
    const kept = new Map(conversations.flatMap(({ history }) => history.map((message) => [message.id, message])));
    for (const { message, at } of records.acknowledged) {
      const found = kept.get(message.id);
      const what = `${message.clientId} of ${nameOf.get(writtenBy.get(message.clientId)?.senderId ?? '')}, acknowledged at ${stamp(at)},`;
      if (found === undefined) findings.push(`${what} is not in the history.`);
      else if (found.clientId !== message.clientId || found.seq !== message.seq || found.conversationId !== message.conversationId)
        findings.push(`${what} is kept as another one: ${found.clientId} at ${found.seq} instead of ${message.seq}.`);
    }
    for (const { messageId, text, at } of records.changes) {
      const found = kept.get(messageId);
      if (found?.text !== text || (text === null) !== (found.deletedAt !== null))
        findings.push(`The change of ${messageId}, acknowledged at ${stamp(at)}, is not in the history.`);
    }
  }

  function checkHeard({ name, since, log }: PersonEvidence, { name: device, heard, gapsFilled, resets, unsent }: DeviceEvidence): void {
    if (gapsFilled > 0) findings.push(`${device} had to ask ${gapsFilled} times for what its replica did not tell.`);
    if (resets > 0) findings.push(`${device} was told ${resets} times to load everything anew.`);
    for (const text of unsent) findings.push(`${device} has not sent: ${text}`);
    const seqs = heard.map(({ seq }) => seq);
    const times = new Map<number, number>();
    for (const seq of seqs) times.set(seq, (times.get(seq) ?? 0) + 1);
    const missing = log.filter(({ seq }) => !times.has(seq)).map(({ seq }) => seq);
    const repeated = [...times].filter(([, many]) => many > 1).map(([seq]) => seq);
    const disordered = seqs.filter((seq, index) => seq < (seqs[index - 1] ?? since));
    if (missing.length > 0) findings.push(`${device} never heard ${ranges(missing)} of the log of ${name}.`);
    if (repeated.length > 0) findings.push(`${device} heard ${ranges(repeated)} more than once.`);
    if (disordered.length > 0) findings.push(`${device} heard ${ranges(disordered)} late, behind what comes after them.`);
    const logged = new Map(log.map((one) => [one.seq, one]));
    for (const { seq, event, data } of heard) {
      const told = logged.get(seq);
      if (told === undefined) findings.push(`${device} heard ${seq}, which is not in the log of ${name} after ${since}.`);
      else if (told.event !== event || JSON.stringify(told.data) !== JSON.stringify(data))
        findings.push(`${device} heard ${event} at ${seq}, and it is ${told.event} of something else.`);
    }
  }

  /** What the log tells of a conversation, one thing after the other, is what its history is now. */
  function checkLog({ id, name, since, log }: PersonEvidence): void {
    if (log.some(({ seq }, index) => seq !== since + index + 1)) findings.push(`The log of ${name} has gaps.`);
    for (const { id: conversationId, memberIds, history } of conversations) {
      if (!memberIds.includes(id)) continue;
      const told = new Map<string, Message>();
      for (const one of log) {
        const created = messageIn(one, 'message:created');
        const changed = messageIn(one, 'message:updated') ?? messageIn(one, 'message:deleted');
        const message = created ?? changed;
        if (message?.conversationId !== conversationId) continue;
        if ((created === undefined) !== told.has(message.id))
          findings.push(`${name} was told ${created === undefined ? 'of a change before' : 'twice'} of ${message.clientId}.`);
        told.set(message.id, message);
      }
      const untold = history.filter(({ id: messageId, kind }) => kind !== 'system' && !told.has(messageId)).map(({ seq }) => seq);
      if (untold.length > 0) findings.push(`${name} was never told of the messages ${ranges(untold)} of ${conversationId}.`);
      const order = [...told.values()].map(({ seq }) => seq);
      if (order.some((seq, index) => seq < (order[index - 1] ?? 0)))
        findings.push(`${name} was told of ${conversationId} in another order.`);
      const now = new Map(history.map((message) => [message.id, message]));
      for (const [messageId, message] of told)
        if (essence(now.get(messageId)) !== essence(message))
          findings.push(`What ${name} was told of ${message.clientId} is not what the history of ${conversationId} has.`);
    }
  }

  function checkViews({ id, name, log, views }: PersonEvidence): void {
    for (const { conversationId, unreadCount, readSeq } of views) {
      const history = conversations.find((one) => one.id === conversationId)?.history ?? [];
      const unread = history.filter(
        ({ senderId, seq, deletedAt, kind }) => kind !== 'system' && senderId !== id && seq > readSeq && deletedAt === null,
      ).length;
      if (unreadCount !== unread) findings.push(`${name} has ${unread} messages to read in ${conversationId}, and is told ${unreadCount}.`);
      const own = (read: { userId: string; conversationId: string }) => read.userId === id && read.conversationId === conversationId;
      const promised = Math.max(0, ...records.reads.filter(own).map(({ seq }) => seq));
      if (readSeq < promised) findings.push(`${name} has read ${conversationId} up to ${promised}, and is told ${readSeq}.`);
      const receipts = log.filter(({ event }) => event === 'message:read').map(({ data }) => data as ReadReceipt);
      const last = receipts.findLast(own);
      if ((last?.readSeq ?? 0) !== readSeq) findings.push(`${name} was told of having read up to ${last?.readSeq}, and it is ${readSeq}.`);
    }
  }

  for (const conversation of conversations) checkHistory(conversation);
  checkAcknowledged();
  for (const person of people) {
    for (const device of person.devices) checkHeard(person, device);
    checkLog(person);
    checkViews(person);
  }
  for (const [what, many] of records.refusals)
    if (!passing.test(what)) findings.push(`Refused in a way that nobody expects, ${many} times: ${what}`);
  return findings;
}
