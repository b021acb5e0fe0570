import type { MyLocation } from '../../wire';
import type { Fact, ToldByAnswer } from './fact';

/** Where one is: how far away everybody is depends on it. */
const locationIs =
  (now: MyLocation): Fact =>
  (cache) => {
    cache.put('location.mine', {}, now);
    for (const id of ['discovery.discover', 'profiles.profile', 'likes.received'] as const) cache.refresh(id);
  };

export const locationAnswers: ToldByAnswer = {
  'location.set': locationIs,
  'location.clear': locationIs,
  'location.setPassport': locationIs,
  'location.clearPassport': locationIs,
};
