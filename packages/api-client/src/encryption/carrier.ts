import type { ApiClient } from '../types';
import type { MachineRequest } from './machine';
import { ownerOf, userIdOf } from './owners';

type ByOwner<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

interface Bodies {
  publish: {
    device_keys?: object;
    one_time_keys?: Readonly<Record<string, object>>;
    fallback_keys?: Readonly<Record<string, object>>;
  };
  query: { device_keys: Readonly<Record<string, unknown>> };
  claim: { one_time_keys: ByOwner<string> };
  sign: ByOwner<object>;
  send: { messages: ByOwner<object> };
}

const bodyOf = <K extends keyof Bodies>(_kind: K, { body }: MachineRequest) => JSON.parse(body) as Bodies[K];
const named = (keys: Readonly<Record<string, object>> = {}) =>
  Object.entries(keys).map(([name, key]) => ({ name, key: JSON.stringify(key) }));

/** So much of what goes to devices is sent in one call: more would be larger than a call may be. */
const devicesAtOnce = 20;
const peopleAtOnce = 100;

function* inParts<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

/** Carries what a machine wants to the service, and answers in the machine's words. */
export async function carry({ encryption }: ApiClient, request: MachineRequest): Promise<object> {
  switch (request.kind) {
    case 'publish': {
      const { device_keys, one_time_keys, fallback_keys } = bodyOf(request.kind, request);
      const [fallbackKey] = named(fallback_keys);
      const { oneTimeKeys } = await encryption.publish({
        ...(device_keys && { deviceKeys: JSON.stringify(device_keys) }),
        oneTimeKeys: named(one_time_keys),
        ...(fallbackKey && { fallbackKey }),
      });
      return { one_time_key_counts: { signed_curve25519: oneTimeKeys } };
    }
    case 'query': {
      const people = Object.keys(bodyOf(request.kind, request).device_keys).map(userIdOf);
      const deviceKeys: Record<string, Record<string, unknown>> = {};
      const master: Record<string, unknown> = {};
      const selfSigning: Record<string, unknown> = {};
      const userSigning: Record<string, unknown> = {};
      for (const userIds of inParts(people, peopleAtOnce)) {
        const { items } = await encryption.people({ userIds });
        for (const userId of userIds) {
          const found = items.find((one) => one.userId === userId);
          const owner = ownerOf(userId);
          // Who is gone has no devices: what was known of them is dropped.
          deviceKeys[owner] = Object.fromEntries((found?.devices ?? []).map(({ deviceId, keys }) => [deviceId, JSON.parse(keys)]));
          if (!found?.identity) continue;
          master[owner] = JSON.parse(found.identity.masterKey);
          selfSigning[owner] = JSON.parse(found.identity.selfSigningKey);
          if (found.identity.userSigningKey) userSigning[owner] = JSON.parse(found.identity.userSigningKey);
        }
      }
      return {
        device_keys: deviceKeys,
        master_keys: master,
        self_signing_keys: selfSigning,
        user_signing_keys: userSigning,
        failures: {},
      };
    }
    case 'claim': {
      const wanted = Object.entries(bodyOf(request.kind, request).one_time_keys).flatMap(([owner, devices]) =>
        Object.keys(devices).map((deviceId) => ({ userId: userIdOf(owner), deviceId })),
      );
      const keys: Record<string, Record<string, object>> = {};
      for (const devices of inParts(wanted, peopleAtOnce)) {
        const { items } = await encryption.claim({ devices });
        for (const { userId, deviceId, name, key } of items) {
          keys[ownerOf(userId)] = { ...keys[ownerOf(userId)], [deviceId]: { [name]: JSON.parse(key) } };
        }
      }
      return { one_time_keys: keys, failures: {} };
    }
    case 'sign': {
      const items = Object.entries(bodyOf(request.kind, request)).flatMap(([owner, signed]) =>
        Object.entries(signed).map(([keyName, key]) => ({ userId: userIdOf(owner), keyName, signed: JSON.stringify(key) })),
      );
      if (items.length > 0) await encryption.sign({ items });
      return { failures: {} };
    }
    case 'send': {
      const { messages } = bodyOf(request.kind, request);
      const everywhere = Object.keys(messages).filter((owner) => '*' in (messages[owner] ?? {}));
      const { items: known } = everywhere.length > 0 ? await encryption.people({ userIds: everywhere.map(userIdOf) }) : { items: [] };
      const all = Object.entries(messages).flatMap(([owner, devices]) =>
        Object.entries(devices).flatMap(([deviceId, content]) => {
          const userId = userIdOf(owner);
          const to = deviceId === '*' ? (known.find((one) => one.userId === userId)?.devices ?? []) : [{ deviceId }];
          return to.map((device) => ({ userId, deviceId: device.deviceId, content: JSON.stringify(content) }));
        }),
      );
      for (const items of inParts(all, devicesAtOnce)) await encryption.sendEnvelopes({ type: request.type, items });
      return {};
    }
  }
}
