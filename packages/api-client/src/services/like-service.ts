import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, likes } from '../wire';

/** Who likes the signed-in user and waits for an answer: received, count. */
export const likeService: Api['likes'] = /* @__PURE__ */ bindGroup(defaultRequest, 'likes', likes);
