import admin from '../../../features/admin/texts/de';
import type { Translated } from '../../translated';
import type english from './en';

export default { admin } satisfies Translated<typeof english>;
