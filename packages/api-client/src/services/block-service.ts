import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, blocks } from '../wire';

/** Whom someone does not want to see: block, unblock, list. */
export const blockService: Api['blocks'] = /* @__PURE__ */ bindGroup(defaultRequest, 'blocks', blocks);
