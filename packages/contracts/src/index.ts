import { admin } from './admin';
import { auth, authEvents } from './auth';
import { blocks } from './blocks';
import { callEvents, calls } from './calls';
import { conversationEvents, conversations } from './conversations';
import { type Endpoint, type EventData, exampleOf, type Group, type OutputOf, type Signal, type WireInputOf } from './core';
import { development } from './development';
import { discovery } from './discovery';
import { encryption, encryptionEvents } from './encryption';
import { type ErrorCode, type ErrorDefinition, errors } from './errors';
import type { Failure } from './frames';
import { friendEvents, friends } from './friends';
import { groupEvents, groups } from './groups';
import { likeEvents, likes } from './likes';
import { location } from './location';
import { matchEvents, matches, swipes } from './matches';
import { media } from './media';
import { messageEvents, messages } from './messages';
import { notificationEvents, notifications } from './notifications';
import { places } from './places';
import { presence, presenceEvents } from './presence';
import { profiles } from './profiles';
import { realtime } from './realtime';
import { reportEvents, reports } from './reports';
import { sampleIds } from './samples';
import { users } from './users';

/** The base of every path. */
export const basePath = '/api/v1';

/** Every endpoint of the platform. An endpoint's id is its place here: `messages.send`. */
export interface Api {
  readonly auth: typeof auth;
  readonly users: typeof users;
  readonly profiles: typeof profiles;
  readonly location: typeof location;
  readonly places: typeof places;
  readonly discovery: typeof discovery;
  readonly swipes: typeof swipes;
  readonly likes: typeof likes;
  readonly matches: typeof matches;
  readonly blocks: typeof blocks;
  readonly friends: typeof friends;
  readonly reports: typeof reports;
  readonly conversations: typeof conversations;
  readonly groups: typeof groups;
  readonly media: typeof media;
  readonly messages: typeof messages;
  readonly encryption: typeof encryption;
  readonly calls: typeof calls;
  readonly notifications: typeof notifications;
  readonly presence: typeof presence;
  readonly admin: typeof admin;
  readonly realtime: typeof realtime;
  readonly development: typeof development;
}

export const api: Api = {
  auth,
  users,
  profiles,
  location,
  places,
  discovery,
  swipes,
  likes,
  matches,
  blocks,
  friends,
  reports,
  conversations,
  groups,
  media,
  messages,
  encryption,
  calls,
  notifications,
  presence,
  admin,
  realtime,
  development,
};

type EventsOf = typeof authEvents &
  typeof likeEvents &
  typeof matchEvents &
  typeof friendEvents &
  typeof conversationEvents &
  typeof groupEvents &
  typeof messageEvents &
  typeof encryptionEvents &
  typeof callEvents &
  typeof notificationEvents &
  typeof presenceEvents &
  typeof reportEvents;

/** Every event of the platform, by name. */
export interface Events extends EventsOf {}

export const events: Events = {
  ...authEvents,
  ...likeEvents,
  ...matchEvents,
  ...friendEvents,
  ...conversationEvents,
  ...groupEvents,
  ...messageEvents,
  ...encryptionEvents,
  ...callEvents,
  ...notificationEvents,
  ...presenceEvents,
  ...reportEvents,
};

/** `messages.send`: the group and the name of an endpoint. */
export type EndpointId = { [G in keyof Api]: `${G}.${keyof Api[G] & string}` }[keyof Api];
/** The endpoint that has this id. */
export type EndpointOf<Id extends EndpointId> = Id extends `${infer G extends keyof Api}.${infer Name}`
  ? Name extends keyof Api[G]
    ? Api[G][Name]
    : never
  : never;
export type EventName = keyof Events;
/** The events that a device may send. */
export type SignalName = { [Name in EventName]: Events[Name]['signal'] extends undefined ? never : Name }[EventName];

/** Every endpoint by its id, in the order of `api`. */
export const endpoints = Object.fromEntries(
  Object.entries<Group>({ ...api }).flatMap(([group, members]) =>
    Object.entries(members).map(([name, endpoint]) => [`${group}.${name}`, endpoint]),
  ),
) as Readonly<Record<EndpointId, Endpoint>>;

/** What a caller may send to the endpoint: every field, also those that may be left out. */
export function exampleInput<Id extends EndpointId>(id: Id): WireInputOf<EndpointOf<Id>> {
  return exampleOf(endpoints[id].input, 'input') as WireInputOf<EndpointOf<Id>>;
}

/** What the endpoint may answer. */
export function exampleOutput<Id extends EndpointId>(id: Id): OutputOf<EndpointOf<Id>> {
  return exampleOf(endpoints[id].output, 'output') as OutputOf<EndpointOf<Id>>;
}

/** What hearers of the event may receive. */
export function exampleEvent<Name extends EventName>(name: Name): EventData<Events[Name]> {
  return exampleOf<unknown, unknown>(events[name].data, 'output') as EventData<Events[Name]>;
}

/** What a device may send with the signal. */
export function exampleSignal<Name extends SignalName>(name: Name): WireInputOf<Events[Name]['signal']> {
  const { input }: Signal = events[name].signal;
  return exampleOf(input, 'input') as WireInputOf<Events[Name]['signal']>;
}

/** A failure with this code, as it travels. */
export function exampleFailure(code: ErrorCode): Failure {
  const { status, message, details }: ErrorDefinition = errors[code];
  const shown = details === undefined ? {} : { details: exampleOf(details, 'output') };
  return { status, code, message, ...shown, requestId: sampleIds.request };
}

export * from './admin';
export * from './admin-photos';
export * from './audit';
export * from './auth';
export * from './blocks';
export * from './call-machine';
export * from './calls';
export * from './conversations';
export * from './core';
export * from './credentials';
export * from './development';
export * from './discovery';
export * from './encryption';
export * from './errors';
export * from './frames';
export * from './friends';
export * from './group-roles';
export * from './groups';
export * from './likes';
export * from './location';
export * from './matches';
export * from './media';
export * from './messages';
export * from './notifications';
export * from './one-time-codes';
export * from './own-photos';
export * from './people';
export * from './permissions';
export * from './phone-numbers';
export * from './photos';
export * from './places';
export * from './presence';
export * from './primitives';
export * from './profile-details';
export * from './profiles';
export * from './push';
export * from './realtime';
export * from './reports';
export * from './system-notes';
export * from './users';
export * from './webhooks';
