import { tellAll } from '../stories/all';
import { replicasWorld } from '../worlds/replicas';

tellAll('two replicas on PostgreSQL and Redis', replicasWorld);
