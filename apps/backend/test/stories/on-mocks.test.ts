import { mockWorld } from '../worlds/mocks';
import { tellAll } from './all';

tellAll('the mocks', mockWorld);
