import type { EndpointOutput } from '@app/api-client';
import type { TextsOf } from '../../language/spoken';
import { deviceName } from './device-name';

export type Notification = EndpointOutput<'notifications.list'>['items'][number];

/** What a notification says. */
export function notificationText({ person, ...told }: Notification, t: TextsOf<'notifications'>): string {
  const name = person?.displayName ?? t('someone');
  switch (told.kind) {
    case 'match_created':
    case 'friend_requested':
    case 'friend_accepted':
    case 'call_missed':
      return t(`kinds.${told.kind}`, { name });
    case 'like_received':
      return t('kinds.like_received', { count: told.data.count });
    case 'new_device':
      return t('kinds.new_device', { device: deviceName(told.data.device, t), address: told.data.address });
    case 'password_changed':
      return t('kinds.password_changed', { device: deviceName(told.data.device, t) });
    case 'warning':
      return t('kinds.warning', { reason: told.data.reason });
    case 'report_resolved':
      return t(told.data.outcome === 'acted' ? 'kinds.report_acted' : 'kinds.report_dismissed');
    case 'photo_rejected':
    case 'content_removed':
      return t(`kinds.${told.kind}`);
    case 'group_added':
      return t('kinds.group_added', { name, group: told.data.name });
    case 'export_ready':
      return t('kinds.export_ready');
    default:
      // A newer service may tell of things that this page does not know.
      return t('kinds.other');
  }
}

/** Where a notification leads; undefined where there is nothing to do about it. */
export function notificationTarget({ person, ...told }: Notification): string | undefined {
  switch (told.kind) {
    case 'match_created':
    case 'friend_accepted':
      return person ? `/people/${person.id}` : undefined;
    case 'friend_requested':
      return '/friends';
    case 'group_added':
      return `/chats/${told.data.conversationId}`;
    case 'like_received':
      return '/likes';
    case 'call_missed':
      return '/calls';
    case 'new_device':
    case 'password_changed':
      return '/settings/devices';
    case 'report_resolved':
      return '/settings/reports';
    default:
      return undefined;
  }
}
