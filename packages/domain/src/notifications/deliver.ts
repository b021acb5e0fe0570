import {
  type NotificationCategory,
  type NotificationChannel,
  type NotificationData,
  type NotificationKind,
  notificationCategories,
  notificationKinds,
  type OpenMediaKind,
  type Preferences,
} from '@app/contracts';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { sessions } from '../auth/table';
import { areIn, isHeard } from '../conversations/rules';
import { conversationMembers, conversations } from '../conversations/table';
import type { OutsideWork } from '../jobs/queue';
import { writeMail } from '../mail/template';
import { messages } from '../messages/table';
import { visiblePerson } from '../people/people';
import { isThere } from '../people/visibility';
import type { Work } from '../pipeline/context';
import type { PushMessage } from '../ports';
import { emailPlace, phonePlace } from '../users/accounts';
import { preferences, users } from '../users/table';
import { sendMail, sendPushes, sendSms } from './channels';
import { channelsFor, type NotificationSettings } from './preferences';
import { endOfQuiet } from './quiet-hours';
import { countUnread } from './rules';
import { notifications, pushTokens } from './table';
import { mailWordsIn, say } from './texts';

/** What the job is told: someone is to be told something by the channels that they want. */
export interface Delivery<K extends NotificationKind = NotificationKind> {
  /** The notification, or an id of its own where the kind is not listed. */
  readonly sourceId: string;
  readonly userId: string;
  readonly kind: K;
  readonly data: NotificationData<K>;
  readonly actorId: string | null;
  /** Only these channels; left out: all that the person wants. */
  readonly channels?: readonly NotificationChannel[];
}

interface Hearer {
  /** Null where there is none, or nobody has shown that it is theirs. */
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: Preferences['app']['language'];
  readonly settings: NotificationSettings;
  /** The name of whom it is about, and of the group where they wrote in one. */
  readonly name: string;
  readonly count: number;
  readonly media: OpenMediaKind | null;
  readonly badge: number;
  readonly devices: readonly Pick<PushMessage, 'token' | 'provider'>[];
}

/** How much there is to tell of. */
interface Told {
  /** How many unread messages, gathered likes, …; 0 where it has been seen in the meantime, and there is nothing to tell any more. */
  readonly count: number;
  /** The group it was written in. */
  readonly group: string | null;
  /** What was sent, where that is all there is to read. */
  readonly media: OpenMediaKind | null;
}

const nothing: Told = { count: 0, group: null, media: null };

async function countOf(work: Work, { sourceId, userId, kind, data, actorId }: Delivery): Promise<Told> {
  const { db, now } = work;
  if (kind === 'message_received') {
    const { conversationId } = data as NotificationData<'message_received'>;
    const [member] = await db
      .select({ unreadCount: conversationMembers.unreadCount, readSeq: conversationMembers.readSeq, group: conversations.name })
      .from(conversationMembers)
      .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
      .where(and(areIn(conversationId), eq(conversationMembers.userId, userId), isHeard(now)));
    if (member === undefined) return nothing;
    const { unreadCount: count, readSeq, group } = member;
    return { count, group, media: count === 1 ? await sentFile(work, conversationId, actorId, readSeq) : null };
  }
  // Who has left the group since is not told that they are in it.
  if (kind === 'group_added') {
    const { conversationId } = data as NotificationData<'group_added'>;
    const isIn = and(areIn(conversationId), eq(conversationMembers.userId, userId));
    if ((await db.$count(conversationMembers, isIn)) === 0) return nothing;
  }
  const [row] = await db
    .select({ readAt: notifications.readAt, data: notifications.data })
    .from(notifications)
    .where(eq(notifications.id, sourceId));
  if (row === undefined || row.readAt !== null) return nothing;
  return { ...nothing, count: kind === 'like_received' ? (row.data as NotificationData<'like_received'>).count : 1 };
}

/** What the newest message was that someone has sent and another one has not read; null where it is words, or cannot be read here. */
async function sentFile({ db }: Work, conversationId: string, senderId: string | null, readSeq: number): Promise<OpenMediaKind | null> {
  if (senderId === null) return null;
  const theirs = and(eq(messages.conversationId, conversationId), gt(messages.seq, readSeq), eq(messages.senderId, senderId));
  const [newest] = await db
    .select({ mediaKind: messages.mediaKind })
    .from(messages)
    .where(and(theirs, isNull(messages.deletedAt), isNull(messages.system)))
    .orderBy(desc(messages.seq))
    .limit(1);
  return newest?.mediaKind ?? null;
}

/** Everything that is to be known of the hearer now, which may be a while after it was caused. `undefined`: not to be told. */
async function hearerOf(work: Work, delivery: Delivery): Promise<Hearer | undefined> {
  const { db, now, ports } = work;
  const { userId, actorId, kind } = delivery;
  const [found] = await db
    .select({ account: users, app: preferences.app, settings: preferences.notifications })
    .from(users)
    .innerJoin(preferences, eq(preferences.userId, users.id))
    .where(and(eq(users.id, userId), isThere(now)));
  if (found === undefined) return undefined;
  const person = actorId === null ? undefined : await visiblePerson(work, userId, actorId);
  if (actorId !== null && person === undefined) return undefined;
  const { count, group, media } = await countOf(work, delivery);
  if (count === 0) return undefined;
  const devices = await db
    .select({ token: pushTokens.token, provider: pushTokens.provider })
    .from(pushTokens)
    .innerJoin(sessions, eq(sessions.id, pushTokens.sessionId))
    .where(and(eq(pushTokens.userId, userId), isNull(sessions.revokedAt)));
  const { emailSealed, emailVerifiedAt, phoneSealed, phoneVerifiedAt } = found.account;
  // Somebody else's address may have been typed in; who gets into the account concerns whoever reads it all the same.
  const mayBeMailed = emailVerifiedAt !== null || notificationKinds[kind].category === 'security';
  return {
    email: mayBeMailed && emailSealed !== null ? await ports.vault.open(emailPlace, emailSealed) : null,
    phone: phoneVerifiedAt !== null && phoneSealed !== null ? await ports.vault.open(phonePlace, phoneSealed) : null,
    language: found.app.language,
    settings: found.settings,
    name: [person?.displayName, group].filter(Boolean).join(' · '),
    count,
    media,
    badge: await countUnread(work, userId),
    devices,
  };
}

function isAlways(category: NotificationCategory, channel: NotificationChannel): boolean {
  const standards: Readonly<Partial<Record<NotificationChannel, string>>> = notificationCategories[category];
  return standards[channel] === 'always';
}

/** Pushes that tell of the same thing replace each other on the device. */
function collapseKeyOf({ sourceId, kind, data }: Delivery): string {
  return kind === 'message_received' ? (data as NotificationData<'message_received'>).conversationId : sourceId;
}

/** What the app is told with a push: the kind, and the ids in its data. Texts that people wrote stay out of it. */
function pushData({ kind, sourceId, data, actorId }: Delivery): Record<string, string> {
  const ids = Object.entries(data).filter(([name, value]) => name.endsWith('Id') && typeof value === 'string');
  return {
    kind,
    notificationId: sourceId,
    ...(actorId === null ? {} : { userId: actorId }),
    ...(Object.fromEntries(ids) as Record<string, string>),
  };
}

/** Tells someone by their channels. Run again, it does what is left to do. */
export async function deliver(outside: OutsideWork, delivery: Delivery): Promise<void> {
  const { kind, userId, sourceId } = delivery;
  const { category } = notificationKinds[kind];
  const hearer = await outside.read((work) => hearerOf(work, delivery));
  if (hearer === undefined) return;
  const wanted = channelsFor(kind, hearer.settings).filter((channel) => delivery.channels?.includes(channel) ?? true);
  const said = say(hearer.language, kind, { data: delivery.data, name: hearer.name, count: hearer.count, media: hearer.media } as never);
  const about = { sourceId, userId, kind };
  const failures: unknown[] = [];

  async function by(channel: NotificationChannel, send: () => Promise<void>): Promise<void> {
    if (!wanted.includes(channel)) return;
    try {
      await send();
    } catch (error) {
      // The other channels do not wait for this one.
      failures.push(error);
    }
  }

  await by('push', async () => {
    if (kind === 'message_received' && (await outside.ports.presence.isConnected(userId))) return;
    const quietUntil = isAlways(category, 'push') ? undefined : endOfQuiet(hearer.settings.quietHours, outside.now());
    if (quietUntil !== undefined) {
      await outside.transact((work) => work.enqueue('notifications.deliver', { ...delivery, channels: ['push'] }, quietUntil));
      return;
    }
    const push = { ...said, badge: hearer.badge, collapseKey: collapseKeyOf(delivery), data: pushData(delivery) };
    await sendPushes(
      outside,
      about,
      hearer.devices.map((device) => ({ ...device, ...push })),
    );
  });
  await by('email', async () => {
    const { open, why } = mailWordsIn(hearer.language);
    const url = outside.settings.publicBaseUrl;
    const mail = writeMail({
      language: hearer.language,
      title: said.title,
      paragraphs: [said.body],
      ...(url === null ? {} : { action: { label: open, url: `${url}/notifications` } }),
      footer: why,
    });
    if (hearer.email !== null) await sendMail(outside, about, { to: hearer.email, ...mail });
  });
  await by('sms', async () => {
    if (hearer.phone !== null) await sendSms(outside, about, hearer.phone, `${said.title}. ${said.body}`);
  });
  if (failures.length > 0) throw failures[0];
}
