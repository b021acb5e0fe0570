import app from '../../../app/texts/en';
import auth from '../../../features/auth/texts/en';
import development from '../../../features/development/texts/en';
import outbox from '../../../features/outbox/texts/en';
import people from '../../../features/people/texts/en';
import errors from '../../errors/en';
import notFound from '../../not-found/en';
import words from '../../words/en';

export default { app, auth, development, errors, notFound, outbox, people, words };
