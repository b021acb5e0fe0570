import type * as Matrix from '@matrix-org/matrix-sdk-crypto-wasm';
import type { FileToSend } from '../types';
import type { FileKey } from '../wire';
import type { CryptoMachine, KnownDevice, MachineRequest, OpenMachine, Unreadable } from './machine';

const messageType = 'app.heartline.message';

/** A request as the library makes it. */
interface AnyRequest {
  readonly id: string | undefined;
  readonly type: Matrix.RequestType;
  readonly body: string;
  readonly event_type?: string;
}

async function bytesOf(file: FileToSend): Promise<Uint8Array> {
  if (file instanceof Uint8Array) return file;
  return new Uint8Array(await ('uri' in file ? await fetch(file.uri) : file).arrayBuffer());
}

/** What the library answers may stand in its own memory. */
const copied = (bytes: Uint8Array) => new Uint8Array(bytes);

async function loaded(): Promise<typeof Matrix> {
  const library = await import('@matrix-org/matrix-sdk-crypto-wasm');
  await library.initAsync();
  return library;
}

/** What the library has made to open a file: https://spec.matrix.org/v1.16/client-server-api/#extensions-to-mroommessage-msgtypes */
function fileKey(keys: string): FileKey {
  const { key, iv } = JSON.parse(keys) as { key: { k: string }; iv: string };
  const inAddresses = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return { algorithm: 'aes-256-ctr', key: inAddresses(key.k), iv: inAddresses(iv) };
}

/**
 * How a machine encrypts files. It needs none of its keys, and a while for a large one, in which nothing else runs: a page may have it done in
 * a worker, `{ ...(await openMatrixMachine(device)), ...inWorker }`.
 */
export const matrixFiles: Pick<CryptoMachine, 'encryptFile' | 'decryptFile'> = {
  async encryptFile(file) {
    const { Attachment } = await loaded();
    const sealed = Attachment.encrypt(await bytesOf(file));
    const { mediaEncryptionInfo: keys, encryptedData } = sealed;
    sealed.free();
    if (keys === undefined) throw new Error('The library has kept the key of a file for itself.');
    return { file: new Blob([copied(encryptedData)], { type: 'application/octet-stream' }), keys };
  },
  async decryptFile(bytes, keys) {
    const { Attachment, EncryptedAttachment } = await loaded();
    try {
      return copied(Attachment.decrypt(new EncryptedAttachment(bytes, keys))).buffer;
    } catch {
      // What opens it, or the file itself, is not what it was: the library verifies its hash before it answers anything.
      return undefined;
    }
  },
};

/**
 * The cryptography of Matrix, by its own library: `@matrix-org/matrix-sdk-crypto-wasm` has to be installed. It keeps its keys in
 * IndexedDB, and where there is none only as long as the program runs.
 */
export const openMatrixMachine: OpenMachine = async ({ owner, deviceId, name }) => {
  const library = await loaded();
  const { OlmMachine, RequestType, UserId, DeviceId, RoomId } = library;
  const store = typeof indexedDB === 'undefined' ? undefined : name;
  const machine = await OlmMachine.initialize(new UserId(owner), new DeviceId(deviceId), store);
  // Nobody is asked for keys of what was said before: a new device reads what is written from then on.
  machine.roomKeyRequestsEnabled = false;
  machine.roomKeyForwardingEnabled = false;

  // The library takes what it is given for its own: each call gets them anew.
  const user = (id: string) => new UserId(id);
  const users = (ids: readonly string[]) => ids.map(user);
  const room = (id: string) => new RoomId(id);
  const trusting = () => new library.DecryptionSettings(library.TrustRequirement.CrossSigned);

  const kinds = {
    [RequestType.KeysUpload]: 'publish',
    [RequestType.KeysQuery]: 'query',
    [RequestType.KeysClaim]: 'claim',
    [RequestType.SignatureUpload]: 'sign',
  } as const;

  function asRequest({ id, type, body, event_type }: AnyRequest): MachineRequest[] {
    if (type === RequestType.ToDevice && event_type !== undefined) return [{ kind: 'send', id, type: event_type, body }];
    const kind = (kinds as Partial<Record<Matrix.RequestType, (typeof kinds)[keyof typeof kinds]>>)[type];
    // Backups and messages in rooms are not used.
    return kind === undefined ? [] : [{ kind, id, body }];
  }
  const one = (request: AnyRequest): MachineRequest => {
    const [made] = asRequest(request);
    if (made === undefined) throw new Error('The library wants something that is not known here.');
    return made;
  };
  const typeOf: Record<MachineRequest['kind'], Matrix.RequestType> = {
    publish: RequestType.KeysUpload,
    query: RequestType.KeysQuery,
    claim: RequestType.KeysClaim,
    sign: RequestType.SignatureUpload,
    send: RequestType.ToDevice,
  };

  async function deviceOf(id: string): Promise<Matrix.Device> {
    const device = await machine.getDevice(user(owner), new DeviceId(id));
    if (device === undefined) throw new Error(`There is no device ${id}.`);
    return device;
  }

  async function ownIdentity(): Promise<Matrix.OwnUserIdentity> {
    const identity = await machine.getIdentity(user(owner));
    if (!(identity instanceof library.OwnUserIdentity)) throw new Error('This person has no identity.');
    return identity;
  }

  async function otherIdentity(id: string): Promise<Matrix.OtherUserIdentity> {
    const identity = await machine.getIdentity(user(id));
    if (!(identity instanceof library.OtherUserIdentity)) throw new Error('They have no identity.');
    return identity;
  }

  const { DecryptionErrorCode } = library;
  const reasons: Partial<Record<Matrix.DecryptionErrorCode, Unreadable>> = {
    [DecryptionErrorCode.MissingRoomKey]: 'no_key',
    [DecryptionErrorCode.UnknownMessageIndex]: 'no_key',
    [DecryptionErrorCode.UnknownSenderDevice]: 'untrusted',
    [DecryptionErrorCode.UnsignedSenderDevice]: 'untrusted',
    [DecryptionErrorCode.SenderIdentityVerificationViolation]: 'untrusted',
    [DecryptionErrorCode.MismatchedSender]: 'damaged',
  };

  const opened: CryptoMachine = {
    requests: async () => ((await machine.outgoingRequests()) as AnyRequest[]).flatMap(asRequest),
    async sent({ id, kind }, answer) {
      if (id !== undefined) await machine.markRequestAsSent(id, typeOf[kind], JSON.stringify(answer));
    },
    async receive({ events, changed, oneTimeKeys, hasFallback }) {
      await machine.receiveSyncChanges(
        JSON.stringify(events),
        new library.DeviceLists(users(changed)),
        new Map([['signed_curve25519', oneTimeKeys]]),
        new Set(hasFallback ? ['signed_curve25519'] : []),
        trusting(),
      );
    },
    track: (ids) => machine.updateTrackedUsers(users(ids)),
    async begin(ids) {
      const request = await machine.getMissingSessions(users(ids));
      return request ? one(request as AnyRequest) : undefined;
    },
    async share(roomId, ids) {
      const settings = new library.EncryptionSettings();
      settings.sharingStrategy = library.CollectStrategy.identityBasedStrategy();
      const requests = await machine.shareRoomKey(room(roomId), users(ids), settings);
      return (requests as AnyRequest[]).flatMap(asRequest);
    },
    async encrypt(roomId, content) {
      const sealed = JSON.parse(await machine.encryptRoomEvent(room(roomId), messageType, content)) as Record<string, string>;
      const { algorithm = '', session_id: sessionId = '', ciphertext = '' } = sealed;
      return { algorithm, sessionId, ciphertext };
    },
    async decrypt(roomId, sender, { algorithm, sessionId, ciphertext }) {
      const event = {
        type: 'm.room.encrypted',
        event_id: `$${sessionId}`,
        sender,
        origin_server_ts: 0,
        room_id: roomId,
        content: { algorithm, session_id: sessionId, ciphertext },
      };
      try {
        const { event: text } = await machine.decryptRoomEvent(JSON.stringify(event), room(roomId), trusting());
        const { type, content } = JSON.parse(text) as { type: string; content: unknown };
        return type === messageType ? { content: JSON.stringify(content) } : { unreadable: 'damaged' };
      } catch (error) {
        if (error instanceof library.MegolmDecryptionError) return { unreadable: reasons[error.code] ?? 'damaged' };
        throw error;
      }
    },
    ...matrixFiles,
    fileKey,
    async makeIdentity(replace) {
      const { uploadKeysRequest, uploadSigningKeysRequest, uploadSignaturesRequest } = await machine.bootstrapCrossSigning(replace);
      const { master_key, self_signing_key, user_signing_key } = JSON.parse(uploadSigningKeysRequest.body) as Record<string, unknown>;
      const keys = {
        masterKey: JSON.stringify(master_key),
        selfSigningKey: JSON.stringify(self_signing_key),
        userSigningKey: JSON.stringify(user_signing_key),
      };
      const first = uploadKeysRequest ? [one(uploadKeysRequest as AnyRequest)] : [];
      return { keys, first, signatures: one(uploadSignaturesRequest as AnyRequest) };
    },
    async identity(id) {
      const found = await machine.getIdentity(user(id));
      if (found === undefined) return undefined;
      const { keys } = JSON.parse(found.masterKey) as { keys: Record<string, string> };
      const [key = ''] = Object.values(keys);
      const hasChanged = found instanceof library.OtherUserIdentity && found.identityNeedsUserApproval();
      return { key, isVerified: found.isVerified(), hasChanged, isViolated: found.hasVerificationViolation() };
    },
    async devices(id) {
      const found = (await machine.getUserDevices(user(id))).devices();
      return found.map(
        (device): KnownDevice => ({
          id: device.deviceId.toString(),
          key: device.ed25519Key?.toBase64() ?? '',
          isApproved: device.isCrossSignedByOwner(),
        }),
      );
    },
    approve: async (id) => one((await (await deviceOf(id)).verify()) as AnyRequest),
    async join() {
      const request = one((await (await ownIdentity()).verify()) as AnyRequest);
      await machine.requestMissingSecretsIfNeeded();
      return request;
    },
    verify: async (id) => one((await (await otherIdentity(id)).verify()) as AnyRequest),
    async accept(id) {
      const identity = await otherIdentity(id);
      await identity.withdrawVerification();
      await identity.pinCurrentMasterKey();
    },
    async remember(roomId) {
      const settings = new library.RoomSettings();
      settings.algorithm = library.EncryptionAlgorithm.MegolmV1AesSha2;
      await machine.setRoomSettings(room(roomId), settings);
    },
    isRemembered: async (roomId) => (await machine.getRoomSettings(room(roomId))) !== undefined,
    close(forget) {
      machine.close();
      if (!forget || store === undefined) return;
      for (const part of ['matrix-sdk-crypto', 'matrix-sdk-crypto-meta']) indexedDB.deleteDatabase(`${store}::${part}`);
    },
  };

  return opened;
};
