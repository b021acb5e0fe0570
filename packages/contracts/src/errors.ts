import * as z from 'zod';
import type { Runnable } from './core/schema';
import { sampleIds } from './samples';

/** One fault of an input: the field (`discovery.ageMin`), why it is refused, and the validator's code for it. */
export const Issue = z
  .object({
    path: z.string().meta({ description: 'The field, with dots between levels; empty for the input as a whole.', examples: ['birthDate'] }),
    message: z.string().meta({ examples: ['Invalid ISO date'] }),
    code: z.string().meta({ examples: ['invalid_format'] }),
  })
  .meta({ id: 'Issue', description: 'One fault of an input.' });
export interface Issue extends z.infer<typeof Issue> {}

/** One error of the catalogue. */
export interface ErrorDefinition {
  /** The HTTP status. */
  readonly status: number;
  readonly message: string;
  /** The shape of the envelope's `details`. */
  readonly details?: Runnable;
}

/**
 * Every error the platform answers, over HTTP, on the socket and in the mocks. Closed: a code that is not here does not exist.
 * `status` is the HTTP status; `details`, where given, is the shape of the envelope's `details`.
 */
export const errors = {
  // The request itself
  VALIDATION_FAILED: { status: 400, message: 'Some of what was sent is not valid.', details: z.object({ issues: z.array(Issue) }) },
  MALFORMED_JSON: { status: 400, message: 'The body is not valid JSON.' },
  MALFORMED_FRAME: { status: 400, message: 'The frame is not one the socket understands.' },
  INVALID_CURSOR: { status: 400, message: 'The cursor is not one that this list gave out.' },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    message: 'More was sent than is accepted.',
    details: z.object({ maxBytes: z.int().meta({ description: 'What is accepted, in bytes.', examples: [1_048_576] }) }),
  },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'The body is in a type that is not taken here.' },
  UNKNOWN_ENDPOINT: { status: 404, message: 'There is no such endpoint.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    message: 'This path does not take that method.',
    details: z.object({ allowed: z.array(z.string()).meta({ description: 'The methods it takes.', examples: [['GET', 'PATCH']] }) }),
  },
  NOT_OVER_SOCKET: { status: 400, message: 'This endpoint is not served over the socket.' },
  RATE_LIMITED: {
    status: 429,
    message: 'Too many calls. Try again later.',
    details: z.object({
      retryAfterSeconds: z.int().meta({ description: 'After this many seconds it is worth another try.', examples: [30] }),
    }),
  },
  IDEMPOTENCY_KEY_REUSED: { status: 409, message: 'This idempotency key was used with another input.' },

  // Who is calling
  UNAUTHENTICATED: { status: 401, message: 'Sign in to do this.' },
  TOKEN_INVALID: { status: 401, message: 'The access token is not valid.' },
  TOKEN_EXPIRED: { status: 401, message: 'The access token has expired.' },
  SESSION_REVOKED: { status: 401, message: 'This session was signed out.' },
  REFRESH_TOKEN_INVALID: { status: 401, message: 'The refresh token is not valid. Sign in again.' },
  REFRESH_TOKEN_REUSED: { status: 401, message: 'The refresh token was used before. Its session is signed out for safety.' },
  INVALID_CREDENTIALS: { status: 401, message: 'The email or the password is wrong.' },
  OTP_INVALID: {
    status: 403,
    message: 'The code is wrong.',
    details: z.object({ attemptsLeft: z.int().meta({ description: 'So many tries are left with this code.', examples: [4] }) }),
  },
  OTP_EXPIRED: { status: 410, message: 'The code is no longer valid. Ask for a new one.' },
  LINK_INVALID: { status: 410, message: 'The link is no longer valid. Ask for a new one.' },
  TICKET_INVALID: { status: 403, message: 'The registration ticket is not valid, or too old. Begin again.' },
  IDENTITY_TOKEN_INVALID: { status: 403, message: 'The provider’s token is not valid.' },
  IDENTITY_UNPROVEN: {
    status: 409,
    message: 'There is an account with this email, and it is not proven to be yours. Sign in to it another way and verify its email first.',
  },
  SIGN_IN_METHOD_UNAVAILABLE: { status: 422, message: 'This way of signing in is not set up here.' },
  WEBHOOK_SIGNATURE_INVALID: { status: 401, message: 'The signature does not fit what was sent.' },
  ACCOUNT_SUSPENDED: {
    status: 403,
    message: 'This account is suspended.',
    details: z.object({
      until: z.iso
        .datetime()
        .nullable()
        .meta({ description: 'Null where no end is set.', examples: ['2026-02-01T00:00:00.000Z'] }),
    }),
  },
  ACCOUNT_BANNED: { status: 403, message: 'This account is banned.' },
  ACCOUNT_DELETED: { status: 403, message: 'This account is deleted.' },
  FORBIDDEN: { status: 403, message: 'You may not do this.' },

  // Accounts
  EMAIL_TAKEN: { status: 409, message: 'There is already an account with this email.' },
  PHONE_TAKEN: { status: 409, message: 'There is already an account with this phone number.' },
  UNDER_AGE: {
    status: 422,
    message: 'You have to be older to use this.',
    details: z.object({ minimumAge: z.int().meta({ description: 'In years.', examples: [18] }) }),
  },
  PASSWORD_WRONG: { status: 403, message: 'The current password is wrong.' },
  RECENT_SIGN_IN_REQUIRED: { status: 403, message: 'Sign in on this device again, and repeat it right after.' },
  EXPORT_NOT_FOUND: { status: 404, message: 'There is no such part of a copy, or it is not ready.' },
  INVALID_AGE_RANGE: {
    status: 422,
    message: 'The lowest age is above the highest.',
    details: z.object({ ageMin: z.int().meta({ examples: [40] }), ageMax: z.int().meta({ examples: [30] }) }),
  },

  // People
  USER_NOT_FOUND: { status: 404, message: 'There is no such person.' },
  SESSION_NOT_FOUND: { status: 404, message: 'There is no such session.' },
  CANNOT_TARGET_SELF: { status: 422, message: 'You cannot do this to yourself.' },
  ALREADY_MATCHED: {
    status: 409,
    message: 'You are matched. Unmatch to change your mind.',
    details: z.object({ matchId: z.string().meta({ description: 'The match that holds.', examples: [sampleIds.match] }) }),
  },
  SUPER_LIKES_USED_UP: {
    status: 409,
    message: 'You have no super likes left today.',
    details: z.object({
      limit: z.int().meta({ description: 'Super likes a day.', examples: [5] }),
      renewsAt: z.iso.datetime().meta({ description: 'When there are some again.', examples: ['2026-01-16T00:00:00.000Z'] }),
    }),
  },
  NOTHING_TO_UNDO: { status: 404, message: 'There is no swipe to undo.' },
  MATCH_NOT_FOUND: { status: 404, message: 'There is no such match.' },
  NOT_MATCHED: { status: 403, message: 'You can only do this with someone you are matched with.' },
  PLACE_NOT_FOUND: { status: 404, message: 'There is no such place.' },

  FRIEND_REQUEST_NOT_FOUND: { status: 404, message: 'There is no such friend request.' },
  TOO_MANY_FRIEND_REQUESTS: {
    status: 409,
    message: 'Too many friend requests wait for an answer already.',
    details: z.object({
      direction: z
        .enum(['received', 'sent'])
        .meta({ description: '`sent`: too many of yours; `received`: too many of others for the one whom you ask.', examples: ['sent'] }),
      max: z.int().meta({ description: 'As many may wait.', examples: [200] }),
    }),
  },
  // Safety
  EVIDENCE_REFUSED: {
    status: 422,
    message: 'Some of the evidence is not between you and them, or not theirs.',
    details: z.object({
      ids: z.array(z.string()).meta({ description: 'What was not found.', examples: [[sampleIds.message]] }),
    }),
  },
  REPORT_NOT_FOUND: { status: 404, message: 'There is no such report.' },
  REPORT_RESOLVED: {
    status: 409,
    message: 'This report was resolved already.',
    details: z.object({
      outcome: z.string().meta({ description: 'How.', examples: ['warned'] }),
      resolvedBy: z
        .string()
        .nullable()
        .meta({ description: 'The account of who resolved it; null where it is gone.', examples: [sampleIds.mona] }),
      resolvedAt: z.iso.datetime().meta({ examples: ['2026-01-15T11:20:00.000Z'] }),
    }),
  },
  PHOTO_REVIEWED: {
    status: 409,
    message: 'Somebody else has decided about this photo meanwhile.',
    details: z.object({
      status: z.string().meta({ description: 'What was decided.', examples: ['rejected'] }),
      reviewedBy: z
        .string()
        .nullable()
        .meta({ description: 'The account of who decided it; null where it is gone.', examples: [sampleIds.mona] }),
      reviewedAt: z.iso
        .datetime()
        .nullable()
        .meta({ examples: ['2026-01-15T11:20:00.000Z'] }),
    }),
  },
  NOT_A_MODERATOR: { status: 422, message: 'Reports can only be given to someone who may resolve them.' },
  OUTRANKED: { status: 403, message: 'You may only do this to people whose role is below yours.' },
  LAST_OWNER: { status: 409, message: 'There has to be an owner. Make somebody else one first.' },
  STATUS_CONFLICT: {
    status: 409,
    message: 'The account is in a state that does not allow this.',
    details: z.object({ status: z.string().meta({ description: 'The status of the account.', examples: ['deleted'] }) }),
  },

  // Photos
  FILE_TYPE_NOT_ALLOWED: {
    status: 415,
    message: 'Files of this kind are not taken.',
    details: z.object({ allowed: z.array(z.string()).meta({ description: 'Media types.', examples: [['image/jpeg', 'image/png']] }) }),
  },
  IMAGE_UNREADABLE: { status: 422, message: 'The picture is damaged, or has more than one frame.' },
  IMAGE_TOO_LARGE: {
    status: 422,
    message: 'The picture has too many pixels.',
    details: z.object({ maxPixels: z.int().meta({ description: 'Width times height.', examples: [50_000_000] }) }),
  },
  TOO_MANY_PHOTOS: {
    status: 409,
    message: 'You have as many photos as there can be.',
    details: z.object({ max: z.int().meta({ examples: [9] }) }),
  },
  PHOTO_NOT_FOUND: { status: 404, message: 'There is no such photo.' },
  UPLOAD_NOT_FOUND: { status: 404, message: 'There is no such upload, or nothing was sent.' },
  PHOTO_ORDER_STALE: { status: 409, message: 'The order does not name each of your photos once. Load them anew.' },

  // Media
  MEDIA_UNREADABLE: { status: 422, message: 'The recording is damaged, cut off, or nothing that can be played.' },
  MEDIA_TOO_LONG: {
    status: 422,
    message: 'The recording is too long.',
    details: z.object({ maxSeconds: z.int().meta({ description: 'As long as it may run.', examples: [600] }) }),
  },
  MEDIA_NOT_FOUND: { status: 404, message: 'You have no such file, or it was not sent for too long.' },

  // Chat
  CONVERSATION_NOT_FOUND: { status: 404, message: 'There is no such conversation.' },
  NOT_A_GROUP: { status: 422, message: 'This is a conversation between two people.' },
  GROUP_ROLE_TOO_LOW: {
    status: 403,
    message: 'Your role in the group does not allow this.',
    details: z.object({ role: z.string().meta({ description: 'What you are there.', examples: ['member'] }) }),
  },
  GROUP_FULL: {
    status: 409,
    message: 'As many people as there can be are in the group.',
    details: z.object({ max: z.int().meta({ description: 'As many may be in it.', examples: [256] }) }),
  },
  CANNOT_BE_ADDED: {
    status: 422,
    message: 'You can only add people you are matched or friends with.',
    details: z.object({
      userIds: z.array(z.string()).meta({ description: 'Those of `userIds` whom you cannot add.', examples: [[sampleIds.ben]] }),
    }),
  },
  MEMBER_NOT_FOUND: { status: 404, message: 'They are not in the group.' },
  RECIPIENT_DELETED: { status: 410, message: 'The one you write to has deleted their account.' },
  MESSAGE_NOT_FOUND: { status: 404, message: 'There is no such message.' },
  NOT_MESSAGE_SENDER: { status: 403, message: 'Only the sender can change a message.' },
  MESSAGE_DELETED: { status: 409, message: 'The message was deleted.' },
  TOO_MANY_REACTIONS: {
    status: 409,
    message: 'The message bears as many different reactions as it can.',
    details: z.object({ max: z.int().meta({ examples: [20] }) }),
  },
  TOO_MANY_PINS: {
    status: 409,
    message: 'As many messages are pinned as there can be.',
    details: z.object({ max: z.int().meta({ examples: [50] }) }),
  },
  CLIENT_ID_REUSED: {
    status: 409,
    message: 'This client id was used for another message.',
    details: z.object({ messageId: z.string().meta({ description: 'The message that has it.', examples: [sampleIds.message] }) }),
  },
  NOT_BETWEEN_TWO: { status: 422, message: 'This is not a conversation between two people.' },
  CONVERSATION_ENCRYPTED: { status: 409, message: 'The conversation is end-to-end encrypted: it takes no plain text.' },
  CONVERSATION_NOT_ENCRYPTED: { status: 409, message: 'The conversation is not encrypted: it takes plain text alone.' },
  ENCRYPTION_NOT_READY: {
    status: 409,
    message: 'Not both of you have a device that can read what is encrypted.',
    details: z.object({
      userIds: z.array(z.string()).meta({ description: 'Who has none.', examples: [[sampleIds.ben]] }),
    }),
  },
  ENCRYPTION_KEYS_INVALID: { status: 422, message: 'These keys are not what they have to be, or not of this device.' },
  ENCRYPTION_IDENTITY_CHANGED: { status: 409, message: 'The identity is another one by now. Load it anew.' },

  // Calls
  CALL_NOT_FOUND: { status: 404, message: 'There is no such call.' },
  ALREADY_IN_CALL: {
    status: 409,
    message: 'You are already in a call.',
    details: z.object({ callId: z.string().meta({ description: 'The call you are in.', examples: [sampleIds.call] }) }),
  },
  CALL_STATE_CONFLICT: {
    status: 409,
    message: 'The call is not in a state that allows this.',
    details: z.object({
      state: z.string().meta({ description: 'The state the call is in.', examples: ['completed'] }),
      action: z.string().meta({ description: 'What was asked of it.', examples: ['accept'] }),
    }),
  },

  // Notifications
  PUSH_TOKEN_INVALID: { status: 422, message: 'This is not a token of that push service.' },
  NOTIFICATION_NOT_FOUND: { status: 404, message: 'There is no such notification.' },

  // The platform
  INTERNAL: { status: 500, message: 'Something went wrong on our side.' },
  UNAVAILABLE: { status: 503, message: 'The service cannot answer right now. Try again in a moment.' },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;

export type ErrorCatalogue = typeof errors;
export type ErrorCode = keyof ErrorCatalogue;

/** The `details` of a code, or `undefined` where it has none. */
export type ErrorDetails<C extends ErrorCode> = C extends ErrorCode
  ? ErrorCatalogue[C] extends { details: { _zod: { output: infer D } } }
    ? D
    : undefined
  : never;

/** Codes that the pipeline answers by itself, so that no endpoint has to declare them. */
export const pipelineErrors = [
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'RATE_LIMITED',
  'IDEMPOTENCY_KEY_REUSED',
  'UNAUTHENTICATED',
  'TOKEN_INVALID',
  'TOKEN_EXPIRED',
  'SESSION_REVOKED',
  'ACCOUNT_SUSPENDED',
  'ACCOUNT_BANNED',
  'ACCOUNT_DELETED',
  'FORBIDDEN',
  'INTERNAL',
  'UNAVAILABLE',
] as const satisfies readonly ErrorCode[];
