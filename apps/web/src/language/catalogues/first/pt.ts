import app from '../../../app/texts/pt';
import auth from '../../../features/auth/texts/pt';
import development from '../../../features/development/texts/pt';
import people from '../../../features/people/texts/pt';
import errors from '../../errors/pt';
import notFound from '../../not-found/pt';
import type { Translated } from '../../translated';
import words from '../../words/pt';
import type english from './en';

export default { app, auth, development, errors, notFound, people, words } satisfies Translated<typeof english>;
