import admin from '../../../features/admin/texts/pt';
import type { Translated } from '../../translated';
import type english from './en';

export default { admin } satisfies Translated<typeof english>;
