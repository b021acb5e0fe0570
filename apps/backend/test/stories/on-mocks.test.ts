import { mockWorld } from '../worlds/mocks';
import { stories, tellAll } from './all';

tellAll('the mocks', mockWorld, stories);
