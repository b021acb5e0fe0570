import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, admin } from '../wire';

/** For those who keep people safe: accounts, reports with their evidence, the audit log, statistics. */
export const adminService: Api['admin'] = /* @__PURE__ */ bindGroup(defaultRequest, 'admin', admin);
