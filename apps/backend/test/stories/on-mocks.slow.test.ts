import { mockWorld } from '../worlds/mocks';
import { heavyStories, tellAll } from './all';

tellAll('the mocks', mockWorld, heavyStories);
