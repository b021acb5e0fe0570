import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, calls } from '../wire';

/** Audio and video calls: start, accept, reject, end, history, ICE servers. Signals go through `realtimeService.emit`. */
export const callService: Api['calls'] = /* @__PURE__ */ bindGroup(defaultRequest, 'calls', calls);
