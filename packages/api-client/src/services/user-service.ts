import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, users } from '../wire';

/** The signed-in user's own account and preferences. */
export const userService: Api['users'] = /* @__PURE__ */ bindGroup(defaultRequest, 'users', users);
