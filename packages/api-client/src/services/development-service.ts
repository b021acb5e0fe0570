import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, development } from '../wire';

/** For who develops an app: what would have been mailed or texted. Not there in production. */
export const developmentService: Api['development'] = /* @__PURE__ */ bindGroup(defaultRequest, 'development', development);
