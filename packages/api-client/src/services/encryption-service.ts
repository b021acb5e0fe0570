import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, encryption } from '../wire';

/** Keys and envelopes of conversations that are end-to-end encrypted, as they travel. What opens them is `createEncryption`. */
export const encryptionService: Api['encryption'] = /* @__PURE__ */ bindGroup(defaultRequest, 'encryption', encryption);
