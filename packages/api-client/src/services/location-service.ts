import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, location, places } from '../wire';

/** Where the signed-in user is, and the places to choose from: mine, set, clear, setPassport, clearPassport, search. */
export const locationService: Api['location'] & Api['places'] = /* @__PURE__ */ (() => ({
  ...bindGroup<Api['location']>(defaultRequest, 'location', location),
  ...bindGroup<Api['places']>(defaultRequest, 'places', places),
}))();
