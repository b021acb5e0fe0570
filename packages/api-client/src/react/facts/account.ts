import type { Me } from '../../wire';
import { type Fact, profileHas, type ToldByAnswer } from './fact';

const meIs =
  (me: Me): Fact =>
  (cache) => {
    cache.put('users.me', {}, me);
    // Name, age and gender stand in one's own profile too.
    const { id, displayName, age, gender } = me;
    profileHas(id, { displayName, age, gender })(cache);
  };

export const accountAnswers: ToldByAnswer = {
  'auth.register': ({ user }) => meIs(user),
  'auth.login': ({ user }) => meIs(user),
  'users.updateMe': meIs,
};
