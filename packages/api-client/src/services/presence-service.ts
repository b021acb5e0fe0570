import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, presence } from '../wire';

/** Whether people are here, and when they last were. */
export const presenceService: Api['presence'] = /* @__PURE__ */ bindGroup(defaultRequest, 'presence', presence);
