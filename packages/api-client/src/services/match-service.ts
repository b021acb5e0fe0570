import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, discovery, matches, swipes } from '../wire';

/** From discovery to a match: discover, swipe, undo, matches, unmatch. */
export const matchService: Api['discovery'] & Api['swipes'] & Api['matches'] = /* @__PURE__ */ (() => ({
  ...bindGroup<Api['discovery']>(defaultRequest, 'discovery', discovery),
  ...bindGroup<Api['swipes']>(defaultRequest, 'swipes', swipes),
  ...bindGroup<Api['matches']>(defaultRequest, 'matches', matches),
}))();
