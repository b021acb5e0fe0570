import app from '../../../app/texts/de';
import auth from '../../../features/auth/texts/de';
import development from '../../../features/development/texts/de';
import people from '../../../features/people/texts/de';
import errors from '../../errors/de';
import notFound from '../../not-found/de';
import type { Translated } from '../../translated';
import words from '../../words/de';
import type english from './en';

export default { app, auth, development, errors, notFound, people, words } satisfies Translated<typeof english>;
