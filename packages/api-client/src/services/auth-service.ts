import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, auth } from '../wire';

/** Accounts and sessions: register, login, logout, devices, password. */
export const authService: Api['auth'] = /* @__PURE__ */ bindGroup(defaultRequest, 'auth', auth);
