import { api, done } from '@app/contracts';
import { implement } from '../pipeline/implement';
import { claimKeys } from './claim';
import { deviceStatus, publishDevice } from './device';
import { letGo, putEnvelopes, waitingEnvelopes } from './envelopes';
import { addSignatures, keysOfPeople, publishIdentity } from './identity';
import { startEncryption } from './start';

export const encryptionImplementation = implement(api.encryption, {
  status: deviceStatus,
  publish: publishDevice,
  publishIdentity,
  sign: (context, { items }) => addSignatures(context, items),
  people: async (context, { userIds }) => ({ items: await keysOfPeople(context, userIds) }),
  claim: async (context, { devices }) => ({ items: await claimKeys(context, devices) }),
  sendEnvelopes: async (context, { type, items }) => ({ sent: await putEnvelopes(context, type, items) }),
  envelopes: waitingEnvelopes,
  async acknowledge(context, { ids }) {
    await letGo(context, ids);
    return done;
  },
  start: (context, { conversationId }) => startEncryption(context, conversationId),
});
