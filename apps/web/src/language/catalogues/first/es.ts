import app from '../../../app/texts/es';
import auth from '../../../features/auth/texts/es';
import development from '../../../features/development/texts/es';
import people from '../../../features/people/texts/es';
import errors from '../../errors/es';
import notFound from '../../not-found/es';
import type { Translated } from '../../translated';
import words from '../../words/es';
import type english from './en';

export default { app, auth, development, errors, notFound, people, words } satisfies Translated<typeof english>;
