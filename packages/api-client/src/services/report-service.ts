import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, reports } from '../wire';

/** Telling the moderators about someone, and what came of it. */
export const reportService: Api['reports'] = /* @__PURE__ */ bindGroup(defaultRequest, 'reports', reports);
