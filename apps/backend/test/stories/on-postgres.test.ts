import { backendWorld } from '../worlds/backend';
import { tellAll } from './all';

tellAll('the backend on PostgreSQL', () => backendWorld('postgres'));
