import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, profiles } from '../wire';

/** What others see: anyone's profile, and changes to your own. */
export const profileService: Api['profiles'] = /* @__PURE__ */ bindGroup(defaultRequest, 'profiles', profiles);
