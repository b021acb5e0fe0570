import admin from '../../../features/admin/texts/en';

export default { admin };
