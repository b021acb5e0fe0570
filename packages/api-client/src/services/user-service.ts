import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, users } from '../wire';

/** The signed-in user's own account and preferences. */
export const userService = /* @__PURE__ */ bindGroup<Api['users']>(defaultRequest, 'users', users);
