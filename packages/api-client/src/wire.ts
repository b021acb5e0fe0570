/**
 * What the SDK knows of the platform: its routes, and the types of everything that travels.
 *
 * In the repository all of it comes straight from the contracts, so that nothing is generated before it can be used. The
 * build replaces this file by a generated one with the same exports: a small route table and plain interfaces, without zod.
 * No other file of the SDK imports `@app/contracts`.
 */

import type {
  Endpoint as ContractEndpoint,
  ErrorCode as ContractErrorCode,
  ErrorDetails as ContractErrorDetails,
  EventData,
  Events,
  Group,
  InputOf,
  OutputOf,
  WireInputOf,
} from '@app/contracts';
import * as contracts from '@app/contracts';
import type { CallOptions, FileToSend } from './types';

/**
 * The endpoints of one group by name, each as `METHOD /path flags query,names`.
 * Flags: `p` public, `n` may be repeated as it is, `k` may be repeated with its idempotency key, `s` may go over the socket,
 * `b` takes a body, `u` takes a file.
 * A GET may always be repeated, and everything beside its params is its query; elsewhere the query's names are listed.
 */
export type RouteGroup = Readonly<Record<string, string>>;

function routeOf({ method, path, access, idempotency, transport, places, upload }: ContractEndpoint): string {
  const flags = [
    access === 'public' ? 'p' : '',
    method !== 'GET' && idempotency === 'natural' ? 'n' : '',
    idempotency === 'key' ? 'k' : '',
    transport === 'both' ? 's' : '',
    places.body.length > 0 ? 'b' : '',
    upload === undefined ? '' : 'u',
  ].join('');
  const query = method === 'GET' ? '' : places.query.join();
  return `${method} ${path} ${flags} ${query}`.trimEnd();
}

function routesOf(group: Group): RouteGroup {
  return Object.fromEntries(Object.entries(group).map(([name, endpoint]) => [name, routeOf(endpoint)]));
}

export const auth = routesOf(contracts.auth);
export const users = routesOf(contracts.users);
export const profiles = routesOf(contracts.profiles);
export const location = routesOf(contracts.location);
export const places = routesOf(contracts.places);
export const discovery = routesOf(contracts.discovery);
export const swipes = routesOf(contracts.swipes);
export const likes = routesOf(contracts.likes);
export const matches = routesOf(contracts.matches);
export const blocks = routesOf(contracts.blocks);
export const friends = routesOf(contracts.friends);
export const reports = routesOf(contracts.reports);
export const conversations = routesOf(contracts.conversations);
export const groups = routesOf(contracts.groups);
export const media = routesOf(contracts.media);
export const messages = routesOf(contracts.messages);
export const encryption = routesOf(contracts.encryption);
export const calls = routesOf(contracts.calls);
export const notifications = routesOf(contracts.notifications);
export const presence = routesOf(contracts.presence);
export const admin = routesOf(contracts.admin);
export const development = routesOf(contracts.development);

/** The routes of what the client calls by itself. */
export const coreRoutes = {
  refresh: routeOf(contracts.auth.refreshToken),
  send: routeOf(contracts.messages.send),
  upload: routeOf(contracts.media.upload),
  delivered: routeOf(contracts.conversations.markDelivered),
};

export {
  callGraceSeconds,
  callMachine,
  clipLimits,
  closeCodes,
  heartbeatSeconds,
  isLiveCall,
  maxAcknowledged,
  maxDelivered,
  maxFrameBytes,
  maxGroupMembers,
  maxGroupNameLength,
  maximumAge,
  maxPeopleWatched,
  maxPhotos,
  maxQuoteLength,
  maxTextLength,
  maxWaveformHeight,
  maxWaveformSteps,
  mediaUpload,
  minimumAge,
  nextCallState,
  ringSeconds,
} from '@app/contracts';

/** The groups a caller reaches by name. The socket's own endpoints are behind `client.realtime`. */
type Groups = Omit<contracts.Api, 'realtime'>;

/** The input of an endpoint that takes nothing. */
export type NoInput = Record<string, never>;
type Sent<E> = InputOf<E> extends { file: contracts.UploadedFile } ? WireInputOf<E> & { file: FileToSend } : Fields<E>;
type Fields<E> = keyof WireInputOf<E> extends never ? NoInput : WireInputOf<E>;

type Ids = Exclude<contracts.EndpointId, `realtime.${string}`>;
type AllEndpoints = {
  [Id in Ids]: { input: Sent<contracts.EndpointOf<Id>>; output: OutputOf<contracts.EndpointOf<Id>> };
};

/** Every endpoint by its id: what it takes and what it answers. */
export interface Endpoints extends AllEndpoints {}

type Call<Input, Output> = NoInput extends Input
  ? (input?: Input, options?: CallOptions) => Promise<Output>
  : (input: Input, options?: CallOptions) => Promise<Output>;
type AllGroups = { [G in keyof Groups]: { [N in keyof Groups[G]]: Call<Sent<Groups[G][N]>, OutputOf<Groups[G][N]>> } };

/** Every endpoint as a method of its group. */
export interface Api extends AllGroups {}

type AllEvents = { [E in keyof Events]: EventData<Events[E]> };

/** What the server sends, by the event's name. */
export interface EventMap extends AllEvents {}

type AllSignals = { [E in contracts.SignalName]: WireInputOf<Events[E]['signal']> };

/** What a device may emit, by the event's name. */
export interface SignalMap extends AllSignals {}

type AllErrors = { [C in ContractErrorCode]: ContractErrorDetails<C> };

/** Every error code the service answers, with its details; `undefined` where it has none. */
export interface ErrorDetails extends AllErrors {}

/** A code of the closed catalogue of errors. */
export type ErrorCode = keyof ErrorDetails;

// Every schema that the contracts name (`meta({ id })`), under that name.
export type {
  AccountStatus,
  AdminPhoto,
  AdminStatistics,
  AdminUser,
  AdminUserDetail,
  AuditAction,
  AuditEntry,
  AuditSubject,
  Block,
  Call,
  CallAction,
  CallProvider,
  CallState,
  CallType,
  ClaimedKey,
  ClientFrame,
  Completeness,
  Conversation,
  DataExport,
  DeliveryReceipt,
  DeviceEnvelope,
  DirectUpload,
  Done,
  Draft,
  EarlierMessage,
  EncryptionDevice,
  EncryptionIdentity,
  EvidenceCall,
  EvidenceFile,
  EvidenceMessage,
  EvidencePhoto,
  EvidenceProfile,
  Failure,
  FileKey,
  FirebaseApp,
  Friend,
  FriendRequest,
  FriendRequestDirection,
  Friendship,
  Gender,
  GroupMember,
  GroupRole,
  IceServer,
  Issue,
  Like,
  LoggedEvent,
  Match,
  MatchEndReason,
  MatchStatus,
  Me,
  Media,
  MediaKind,
  MediaLink,
  Member,
  Message,
  MessageEnvelope,
  MessageKind,
  MessageQuote,
  Mute,
  MyLocation,
  NamedUser,
  Notification,
  OtpChannel,
  OtpSent,
  OutboxMessage,
  OwnEncryptionDevice,
  OwnPhoto,
  OwnPhotos,
  OwnReport,
  Person,
  PersonKeys,
  Photo,
  PhotoStatus,
  Place,
  Platform,
  Preferences,
  PresenceState,
  PresenceStates,
  Profile,
  ProfileDetails,
  PushProvider,
  Reaction,
  ReadReceipt,
  RegistrationTicket,
  Report,
  ReportCategory,
  ReportDetail,
  ReportEntry,
  ReportOutcome,
  ReportPriority,
  ReportStatus,
  ReportVerdict,
  Resolution,
  RevocationReason,
  ServerFrame,
  Session,
  SignedIn,
  SignInOutcome,
  SignInProvider,
  SignInProviders,
  Statistics,
  StatusChange,
  SuperLikes,
  Swipe,
  SwipeAction,
  SystemNote,
  Tokens,
  Warning,
  Whereabouts,
} from '@app/contracts';
export type PlaceList = OutputOf<contracts.Api['places']['search']>;
export type ProfilePage = OutputOf<contracts.Api['discovery']['discover']>;
export type SwipeResult = OutputOf<contracts.Api['swipes']['swipe']>;
export type UndoneSwipe = OutputOf<contracts.Api['swipes']['undoSwipe']>;
export type LikePage = OutputOf<contracts.Api['likes']['received']>;
export type LikeCount = OutputOf<contracts.Api['likes']['count']>;
export type MatchPage = OutputOf<contracts.Api['matches']['matches']>;
export type BlockPage = OutputOf<contracts.Api['blocks']['list']>;
export type FriendPage = OutputOf<contracts.Api['friends']['list']>;
export type FriendRequestPage = OutputOf<contracts.Api['friends']['requests']>;
export type FriendRequestResult = OutputOf<contracts.Api['friends']['sendRequest']>;
export type AccountDeleted = OutputOf<contracts.Api['users']['deleteMe']>;
export type DataExportPart = OutputOf<contracts.Api['users']['exportPart']>;
export type DataExportStatus = OutputOf<contracts.Api['users']['exportStatus']>;
export type OwnReportPage = OutputOf<contracts.Api['reports']['mine']>;
export type ConversationPage = OutputOf<contracts.Api['conversations']['list']>;
export type GroupMemberPage = OutputOf<contracts.Api['groups']['members']>;
export type DeliveryReceipts = OutputOf<contracts.Api['conversations']['markDelivered']>;
export type DraftSaved = OutputOf<contracts.Api['conversations']['saveDraft']>;
export type MessagePage = OutputOf<contracts.Api['messages']['history']>;
export type MediaLinks = OutputOf<contracts.Api['messages']['mediaLinks']>;
export type FoundMessagePage = OutputOf<contracts.Api['messages']['search']>;
export type PinnedMessagePage = OutputOf<contracts.Api['messages']['pinned']>;
export type PeopleKeys = OutputOf<contracts.Api['encryption']['people']>;
export type ClaimedKeys = OutputOf<contracts.Api['encryption']['claim']>;
export type EnvelopesSent = OutputOf<contracts.Api['encryption']['sendEnvelopes']>;
export type DeviceEnvelopePage = OutputOf<contracts.Api['encryption']['envelopes']>;
export type CallPage = OutputOf<contracts.Api['calls']['history']>;
export type DevelopmentOutbox = OutputOf<contracts.Api['development']['outbox']>;
export type NotificationPage = OutputOf<contracts.Api['notifications']['list']>;
export type UnreadNotifications = OutputOf<contracts.Api['notifications']['unreadCount']>;
export type AdminUserPage = OutputOf<contracts.Api['admin']['users']>;
export type ReportPage = OutputOf<contracts.Api['admin']['reports']>;
export type AdminPhotoPage = OutputOf<contracts.Api['admin']['photos']>;
export type UploadBegun = OutputOf<contracts.Api['profiles']['beginUpload']>;
export type AuditPage = OutputOf<contracts.Api['admin']['auditLog']>;
export type IceServers = OutputOf<contracts.Api['calls']['iceServers']>;
export type RealtimeOpened = OutputOf<contracts.Api['realtime']['open']>;
export type ResumePage = OutputOf<contracts.Api['realtime']['resume']>;
export type SessionRevoked = EventMap['session:revoked'];
export type LikeReceived = EventMap['like:received'];
export type MatchCreated = EventMap['match:created'];
export type MatchTimeoutWarning = EventMap['match:timeout_warning'];
export type MatchEnded = EventMap['match:ended'];
export type FriendRequested = EventMap['friend:requested'];
export type FriendRequestGone = EventMap['friend:request_gone'];
export type FriendAccepted = EventMap['friend:accepted'];
export type FriendRemoved = EventMap['friend:removed'];
export type ConversationUpdated = EventMap['conversation:updated'];
export type ConversationRemoved = EventMap['conversation:removed'];
export type DraftChanged = EventMap['draft:changed'];
export type Typing = EventMap['typing:started'];
export type MessageCreated = EventMap['message:created'];
export type MessageUpdated = EventMap['message:updated'];
export type MessageReacted = EventMap['message:reacted'];
export type MessageHidden = EventMap['message:hidden'];
export type MessageDeleted = EventMap['message:deleted'];
export type EnvelopesWaiting = EventMap['encryption:envelopes'];
export type EncryptionKeysChanged = EventMap['encryption:keys_changed'];
export type CallChanged = EventMap['call:incoming'];
export type NotificationCreated = EventMap['notification:created'];
export type NotificationsRead = EventMap['notification:read'];
export type ReportResolved = EventMap['report:resolved'];
export type SdpOffer = EventMap['call:sdp_offer'];
export type SdpAnswer = EventMap['call:sdp_answer'];
export type IceCandidateFound = EventMap['call:ice_candidate'];
export type IceCandidate = IceCandidateFound['candidate'];
