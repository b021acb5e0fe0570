import app from '../../../app/texts/fr';
import auth from '../../../features/auth/texts/fr';
import development from '../../../features/development/texts/fr';
import people from '../../../features/people/texts/fr';
import errors from '../../errors/fr';
import notFound from '../../not-found/fr';
import type { Translated } from '../../translated';
import words from '../../words/fr';
import type english from './en';

export default { app, auth, development, errors, notFound, people, words } satisfies Translated<typeof english>;
