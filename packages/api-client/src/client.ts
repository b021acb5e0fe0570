import { createCore } from './core';
import { bindGroup } from './groups';
import type { ApiClient, ClientConfig } from './types';
import * as wire from './wire';

/**
 * A client of the platform: `client.messages.send({ conversationId, clientId, text })`, and all other endpoints by group and
 * name. Every call takes one flat input and `CallOptions`, and rejects with `ApiError`.
 * Throws when the config has no address.
 */
export function createApiClient(config: ClientConfig): ApiClient {
  const core = createCore(config);
  const bind = <Group>(name: keyof wire.Api, routes: wire.RouteGroup) => bindGroup<Group>(core.request, name, routes);
  return {
    ...core,
    auth: bind('auth', wire.auth),
    users: bind('users', wire.users),
    profiles: bind('profiles', wire.profiles),
    location: bind('location', wire.location),
    places: bind('places', wire.places),
    discovery: bind('discovery', wire.discovery),
    swipes: bind('swipes', wire.swipes),
    likes: bind('likes', wire.likes),
    matches: bind('matches', wire.matches),
    blocks: bind('blocks', wire.blocks),
    friends: bind('friends', wire.friends),
    reports: bind('reports', wire.reports),
    conversations: bind('conversations', wire.conversations),
    groups: bind('groups', wire.groups),
    media: bind('media', wire.media),
    messages: bind('messages', wire.messages),
    encryption: bind('encryption', wire.encryption),
    calls: bind('calls', wire.calls),
    notifications: bind('notifications', wire.notifications),
    presence: bind('presence', wire.presence),
    admin: bind('admin', wire.admin),
    development: bind('development', wire.development),
  };
}
