import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, friends } from '../wire';

/** Friends and the requests that it takes: ask, accept, decline, take back, list, end. */
export const friendService: Api['friends'] = /* @__PURE__ */ bindGroup(defaultRequest, 'friends', friends);
