import * as z from 'zod';
import { Conversation } from './conversations';
import { endpoint } from './core/endpoint';
import { event } from './core/event';
import { Done, Id, page, pageFields, Timestamp } from './primitives';
import { sampleConversation, sampleIds, sampleKeys } from './samples';

/** Most people whose keys can be asked for at once. */
export const maxPeopleKeys = 100;
/** Most devices that one call claims keys of, or sends envelopes to. */
export const maxDevicesAtOnce = 100;
/** Most one-time keys that wait for a device. */
export const maxOneTimeKeys = 200;
/** Most envelopes of one person that wait for one device: then their oldest are dropped. */
export const maxWaitingEnvelopes = 500;
/** Most envelopes that are acknowledged at once. */
export const maxAcknowledged = 100;

/** How signed keys name someone. */
export function keyOwner(userId: string): string {
  return `@${userId}:heartline`;
}

const DeviceId = Id.meta({ description: 'The session that the device is signed in with.', examples: [sampleIds.session] });

const SignedKey = (description: string, example: string, max = 8192) =>
  z
    .string()
    .min(2)
    .max(max)
    .meta({ description: `${description}, as JSON that is signed: to be kept and handed on as it is.`, examples: [example] });

/** By what a person is known, whichever of their devices they use: it signs those. */
export const EncryptionIdentity = z
  .object({
    masterKey: SignedKey('The key that stands for the person', sampleKeys.master),
    selfSigningKey: SignedKey('The key that signs their devices', sampleKeys.selfSigning),
    userSigningKey: SignedKey('The key that signs whom they have verified', sampleKeys.userSigning)
      .nullable()
      .meta({ description: 'The key that signs whom they have verified; null of others.', examples: [null] }),
  })
  .meta({ id: 'EncryptionIdentity', description: 'By what a person is known, whichever of their devices they use.' });
export interface EncryptionIdentity extends z.infer<typeof EncryptionIdentity> {}

export const EncryptionDevice = z
  .object({
    deviceId: DeviceId,
    keys: SignedKey('The public keys of the device', sampleKeys.device),
    name: z
      .string()
      .nullable()
      .meta({ description: 'What the device is, of your own ones; null of others.', examples: [null] }),
    publishedAt: Timestamp.meta({ description: 'Since when others can encrypt to it.' }),
  })
  .meta({ id: 'EncryptionDevice', description: 'A device that others can encrypt to.' });
export interface EncryptionDevice extends z.infer<typeof EncryptionDevice> {}

export const PersonKeys = z
  .object({
    userId: Id.meta({ examples: [sampleIds.ben] }),
    identity: EncryptionIdentity.nullable().meta({ description: 'Null where no device of theirs has made one.' }),
    devices: z.array(EncryptionDevice).meta({ description: 'Those that are signed in; empty where none can be encrypted to.' }),
  })
  .meta({ id: 'PersonKeys', description: 'The public keys of a person and their devices.' });
export interface PersonKeys extends z.infer<typeof PersonKeys> {}

const deviceStanding = {
  userId: Id.meta({ examples: [sampleIds.ada] }),
  deviceId: DeviceId,
  published: z.boolean().meta({ description: 'Whether the keys of this device are known to others.', examples: [true] }),
  hasIdentity: z.boolean().meta({ description: 'Whether a device of yours has made your identity.', examples: [true] }),
  oneTimeKeys: z.int().meta({ description: 'How many one-time keys of this device are left.', examples: [50] }),
  hasFallback: z.boolean().meta({ description: 'Whether a fallback key is there that nobody was handed yet.', examples: [true] }),
};

export const OwnEncryptionDevice = z
  .object(deviceStanding)
  .meta({ id: 'OwnEncryptionDevice', description: 'How this device stands with those who would encrypt to it.' });
export interface OwnEncryptionDevice extends z.infer<typeof OwnEncryptionDevice> {}

const KeyName = z
  .string()
  .regex(/^[\w+/=:.-]{1,128}$/)
  .meta({ description: 'The name of the key.', examples: ['signed_curve25519:AAAAAQ'] });

const OneTimeKey = z.strictObject({ name: KeyName, key: SignedKey('The key', sampleKeys.oneTime, 1024) });

const target = { userId: Id.meta({ examples: [sampleIds.ben] }), deviceId: DeviceId.meta({ examples: [sampleIds.otherSession] }) };

export const ClaimedKey = z
  .object({ ...target, name: KeyName, key: SignedKey('The key', sampleKeys.oneTime, 1024) })
  .meta({ id: 'ClaimedKey', description: 'A key that begins a session with a device.' });
export interface ClaimedKey extends z.infer<typeof ClaimedKey> {}

const EnvelopeType = z
  .string()
  .regex(/^[a-z0-9._]{1,64}$/)
  .meta({ description: 'What the device is to do with it.', examples: ['m.room.encrypted'] });
const Content = z
  .string()
  .min(2)
  .max(16_384)
  .meta({ description: 'JSON that the service cannot read the meaning of.', examples: [sampleKeys.envelope] });

/** Something that one device has sent to another one: keys of conversations, as a rule. */
export const DeviceEnvelope = z
  .object({
    id: Id.meta({ examples: [sampleIds.request] }),
    senderId: Id.meta({ description: 'Who has sent it.', examples: [sampleIds.ben] }),
    type: EnvelopeType,
    content: Content,
    createdAt: Timestamp,
  })
  .meta({ id: 'DeviceEnvelope', description: 'Something that one device has sent to another one: keys of conversations, as a rule.' });
export interface DeviceEnvelope extends z.infer<typeof DeviceEnvelope> {}

const whose = 'Of yourself and of people you share a conversation between two with; whoever else is named is left out of the answer.';

export const encryption = {
  status: endpoint({
    method: 'GET',
    path: '/encryption/device',
    summary: 'How this device stands with those who would encrypt to it.',
    access: 'user',
    output: OwnEncryptionDevice,
    transport: 'both',
  }),
  publish: endpoint({
    method: 'PUT',
    path: '/encryption/device',
    summary: 'Publish the keys of this device. They go when it is signed out.',
    description: `One-time keys are added to those that wait, at most ${maxOneTimeKeys}; each is handed out once. The fallback key is handed out when there are none left.`,
    access: 'user',
    body: {
      deviceKeys: SignedKey('The public keys of the device', sampleKeys.device).optional(),
      oneTimeKeys: z.array(OneTimeKey).max(100).optional().meta({ description: 'Keys of which each begins one session.' }),
      fallbackKey: OneTimeKey.optional().meta({ description: 'A key that begins any number of sessions.' }),
    },
    output: OwnEncryptionDevice,
    errors: ['ENCRYPTION_KEYS_INVALID'],
    limit: { max: 60, windowSeconds: 60, by: ['user'] },
    idempotency: 'natural',
  }),
  publishIdentity: endpoint({
    method: 'PUT',
    path: '/encryption/identity',
    summary: 'Publish your identity, made by your first device; or another one in its place, when no device is left that has it.',
    description: 'Whoever has talked to you is told that it changed.',
    access: 'user',
    body: {
      masterKey: SignedKey('The key that stands for you', sampleKeys.master),
      selfSigningKey: SignedKey('The key that signs your devices', sampleKeys.selfSigning),
      userSigningKey: SignedKey('The key that signs whom you have verified', sampleKeys.userSigning),
      replaces: z
        .string()
        .max(128)
        .nullable()
        .meta({ description: 'The public part of the master key that it takes the place of; null for the first.', examples: [null] }),
    },
    output: Done,
    errors: ['ENCRYPTION_KEYS_INVALID', 'ENCRYPTION_IDENTITY_CHANGED'],
    limit: { max: 10, windowSeconds: 3600, by: ['user'] },
    idempotency: 'natural',
  }),
  sign: endpoint({
    method: 'POST',
    path: '/encryption/signatures',
    summary: 'Add your signatures: to your devices, your identity, or the identity of somebody whom you have verified.',
    description: 'What you have signed of others is shown to you alone.',
    access: 'user',
    body: {
      items: z
        .array(
          z.strictObject({
            userId: Id.meta({ examples: [sampleIds.ada] }),
            keyName: KeyName.meta({ description: 'The device, or the public part of the master key.', examples: [sampleIds.session] }),
            signed: SignedKey('The key with the signature', sampleKeys.device),
          }),
        )
        .min(1)
        .max(20)
        .meta({ description: 'What is signed.' }),
    },
    output: Done,
    errors: ['ENCRYPTION_KEYS_INVALID'],
    limit: { max: 60, windowSeconds: 60, by: ['user'] },
    idempotency: 'natural',
  }),
  people: endpoint({
    method: 'POST',
    path: '/encryption/people',
    summary: 'The public keys of people and of their devices.',
    description: whose,
    access: 'user',
    body: {
      userIds: z
        .array(Id)
        .min(1)
        .max(maxPeopleKeys)
        .meta({ description: 'Whose keys.', examples: [[sampleIds.ben]] }),
    },
    output: z
      .object({ items: z.array(PersonKeys).meta({ description: 'Of those you may ask about, in no order.' }) })
      .meta({ id: 'PeopleKeys', description: 'The public keys of people.' }),
    limit: { max: 300, windowSeconds: 60, by: ['user'] },
    idempotency: 'natural',
  }),
  claim: endpoint({
    method: 'POST',
    path: '/encryption/claims',
    summary: 'Take a one-time key of each of these devices. Nobody else gets the same one.',
    description: `${whose} Where a device has none left its fallback key is answered.`,
    access: 'user',
    body: {
      devices: z.array(z.strictObject(target)).min(1).max(maxDevicesAtOnce).meta({ description: 'Of which devices.' }),
    },
    output: z
      .object({ items: z.array(ClaimedKey).meta({ description: 'One of each device that has any.' }) })
      .meta({ id: 'ClaimedKeys', description: 'Keys that begin sessions.' }),
    limit: { max: 120, windowSeconds: 60, by: ['user'] },
  }),
  sendEnvelopes: endpoint({
    method: 'POST',
    path: '/encryption/envelopes',
    summary: 'Send something to devices. Each keeps it until it acknowledges it.',
    description: `To your own devices and those of people you can write to; others, and devices that are gone, are passed over. Of one person at most ${maxWaitingEnvelopes} wait for a device.`,
    access: 'user',
    body: {
      type: EnvelopeType,
      items: z
        .array(z.strictObject({ ...target, content: Content }))
        .min(1)
        .max(maxDevicesAtOnce)
        .meta({ description: 'What goes to which device.' }),
    },
    output: z
      .object({ sent: z.int().meta({ description: 'How many were put down.', examples: [1] }) })
      .meta({ id: 'EnvelopesSent', description: 'What was sent.' }),
    limit: { max: 300, windowSeconds: 60, by: ['user'] },
  }),
  envelopes: endpoint({
    method: 'GET',
    path: '/encryption/envelopes',
    summary: 'What waits for this device, the oldest first.',
    description: 'It waits until it is acknowledged, however often it is read.',
    access: 'user',
    query: { ...pageFields },
    output: page(DeviceEnvelope).meta({ id: 'DeviceEnvelopePage', description: 'A page of envelopes.' }),
    errors: ['INVALID_CURSOR'],
    transport: 'both',
  }),
  acknowledge: endpoint({
    method: 'POST',
    path: '/encryption/envelopes/acknowledge',
    summary: 'Let go of envelopes that this device has taken in.',
    access: 'user',
    body: {
      ids: z
        .array(Id)
        .min(1)
        .max(maxAcknowledged)
        .meta({ description: 'Which ones.', examples: [[sampleIds.request]] }),
    },
    output: Done,
    idempotency: 'natural',
    transport: 'both',
  }),
  start: endpoint({
    method: 'POST',
    path: '/conversations/:conversationId/encryption',
    summary: 'Have a conversation between two people encrypted from now on. It cannot be taken back.',
    description:
      'Both are told. From then on the service takes no plain text in it. What was written before stays as it is. Both need a device that has published its keys.',
    access: 'user',
    params: { conversationId: Id.meta({ examples: [sampleIds.conversation] }) },
    output: Conversation.meta({ examples: [sampleConversation] }),
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_BETWEEN_TWO', 'NOT_MATCHED', 'RECIPIENT_DELETED', 'ENCRYPTION_NOT_READY'],
    idempotency: 'natural',
    transport: 'both',
  }),
};

export const encryptionEvents = {
  'encryption:envelopes': event({
    summary: 'Something waits for a device.',
    audience: 'The devices of the person, of which one is meant.',
    delivery: 'fleeting',
    data: z
      .object({ deviceId: DeviceId })
      .meta({ id: 'EnvelopesWaiting', description: 'For which device something waits: `encryption.envelopes` reads it.' }),
  }),
  'encryption:keys_changed': event({
    summary: 'Somebody has a new device, one less, or another identity.',
    audience: 'Themselves, and those with whom they have an encrypted conversation.',
    delivery: 'durable',
    data: z.object({ userId: Id }).meta({ id: 'EncryptionKeysChanged', description: 'Whose keys are to be asked for anew.' }),
  }),
};
