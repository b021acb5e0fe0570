import { api } from '@app/contracts';
import { implement } from '../pipeline/implement';
import { adminOversight } from './oversight';
import { adminPhotoHandlers } from './photos';
import { adminReports } from './reports';
import { adminUsers } from './users';

export const adminImplementation = implement(api.admin, { ...adminUsers, ...adminReports, ...adminOversight, ...adminPhotoHandlers });
