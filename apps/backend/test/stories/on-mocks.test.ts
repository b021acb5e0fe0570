import { mocksWorld } from '../worlds/mocks';
import { tellAll } from './all';

tellAll('the mocks', mocksWorld);
