export { accountsTopic } from './auth/authenticate';
export * from './db/database';
export * as tables from './db/schema';
export { type Point, type Spot, spotOf } from './discovery/geometry';
export { isOutside, type JobName, type JobPayloads } from './jobs/names';
export type { JobRunner } from './jobs/queue';
export {
  deadJobDays,
  type JobLane,
  type JobStore,
  type JobStoreOptions,
  maxJobAttempts,
  type NewJob,
  nextTry,
  outsideLeaseSeconds,
  RetryLater,
  reasonOf,
  type TakenJob,
} from './jobs/store';
export { tableJobs } from './jobs/table-store';
export { type MailText, writeMail } from './mail/template';
export { places } from './media/places';
export { dispositionOf, type LinkSigner, linkSigner, signedPrefix, typeOfKey } from './media/signed-links';
export { type Notice, notify } from './notifications/notify';
export { type ImageType, imageTypeOf } from './photos/sniff';
export type { Caller, Context, Log, Origin, Work } from './pipeline/context';
export { Failure, fail, failureBody } from './pipeline/failure';
export {
  bearerToken,
  failureEnvelope,
  failureHeaders,
  type HttpRoute,
  httpRoutes,
  idempotencyKey,
  originOf,
  requestIdOf,
  successEnvelope,
} from './pipeline/http';
export { type Handler, type Handlers, implement, implementSignals } from './pipeline/implement';
export { type HttpInput, httpInput, parser } from './pipeline/parse';
export { type Answer, type CallRequest, type Pipeline, type PipelineParts, pipeline } from './pipeline/pipeline';
export { shaper, withoutFormats } from './pipeline/shape';
export { type Kernel, type UnitOfWork, unitOfWork, userTopic } from './pipeline/unit-of-work';
export { type City, worldsCities } from './places/cities';
export { createPlatform, type Platform, type PlatformParts } from './platform';
export * from './ports';
export {
  jwtTokens,
  localBus,
  localIdentity,
  localIdToken,
  localLimits,
  localOutbox,
  localPresence,
  memoryMedia,
  noIdentity,
  type Outbox,
  offlinePlaces,
  plainImages,
  webCryptoPasswords,
  webCryptoVault,
} from './ports/local';
export { defaultSettings, type IceSettings, type Settings } from './settings';
export type { Connection, Socket } from './sync/connection';
export { accountByEmail, accountByPhone } from './users/accounts';
export { appointFirstOwner } from './users/roles';
export type { WebhookReceiver, WebhookRequest } from './webhooks/receive';
export { isSignedByMeta, isSignedByTwilio } from './webhooks/signatures';
