import type { Call } from '../../wire';
import type { Fact, ToldByEvent } from './fact';

const callIs =
  (call: Call): Fact =>
  (cache) => {
    const over = (old: Call | undefined) => old?.endedAt && !call.endedAt;
    cache.one('calls.get', (old) => (old.id === call.id && !over(old) ? call : old));
    cache.list('calls.history', (items) => (over(items.find(({ id }) => id === call.id)) ? items : cache.steps.put(items, call)));
  };

const toldOfCall = ({ call }: { call: Call }) => callIs(call);

export const callEvents = {
  'call:incoming': toldOfCall,
  'call:answered': toldOfCall,
  'call:rejected': toldOfCall,
  'call:missed': toldOfCall,
  'call:busy': toldOfCall,
  'call:ended': toldOfCall,
} satisfies ToldByEvent;
