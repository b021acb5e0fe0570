import app from '../../../app/texts/en';
import auth from '../../../features/auth/texts/en';
import development from '../../../features/development/texts/en';
import people from '../../../features/people/texts/en';
import errors from '../../errors/en';
import notFound from '../../not-found/en';
import words from '../../words/en';

export default { app, auth, development, errors, notFound, people, words };
