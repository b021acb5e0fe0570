import { backendWorld } from '../worlds/backend';
import { tellAll } from './all';

tellAll('the backend on PGlite', () => backendWorld('pglite'));
