import type { Preferences, Profile } from '../../wire';
import type { Fact, ToldByAnswer } from './fact';

const profileIs =
  (now: Profile): Fact =>
  (cache) =>
    cache.one('profiles.profile', (old) => (old.id === now.id ? now : old));

const preferencesAre =
  (now: Preferences): Fact =>
  (cache) => {
    cache.put('users.preferences', {}, now);
    cache.refresh('discovery.discover');
  };

export const profileAnswers: ToldByAnswer = {
  'users.updatePreferences': preferencesAre,
  'profiles.updateProfile': profileIs,
};
