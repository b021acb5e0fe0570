import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, groups } from '../wire';

/** Groups: make one, name it, who is in it and what each may do there. What is written in them goes by `chatService`. */
export const groupService: Api['groups'] = /* @__PURE__ */ bindGroup(defaultRequest, 'groups', groups);
