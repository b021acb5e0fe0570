import type { UseCallResult } from '@app/api-client/react';
import { cx } from '../../design/cx';
import { heartlinePath } from '../../design/heartline';
import { Avatar, type Portrayed } from '../../design/portrait/portrait';

type Phase = UseCallResult['state'];

/** How the line between two people looks: it runs to whom it calls, beats while they talk, and breaks when it breaks. */
const lines: Readonly<Record<Phase, string>> = {
  idle: 'opacity-30',
  outgoing: '[stroke-dasharray:0.001_0.0323] animate-[flow_22s_linear_infinite]',
  incoming: '[stroke-dasharray:0.001_0.0323] animate-[flow_22s_linear_infinite_reverse]',
  connecting: '[stroke-dasharray:0.35_0.15] animate-[flow_2.4s_linear_infinite]',
  connected: '[stroke-dasharray:1] animate-[draw_900ms_ease-out_both]',
  reconnecting: '[stroke-dasharray:0.001_0.0455] opacity-60 animate-[flow_30s_linear_infinite]',
  ended: 'opacity-25',
};

/** Whose picture sends out rings. */
function rings(phase: Phase): 'me' | 'other' | null {
  if (phase === 'incoming') return 'other';
  return phase === 'outgoing' ? 'me' : null;
}

function Face({ person, ringing, faded }: { person: Portrayed; ringing: boolean; faded: boolean }) {
  return (
    <div className="relative shrink-0">
      {ringing &&
        [0, 700].map((delay) => (
          <span
            key={delay}
            className="absolute inset-0 animate-[ring-out_2.1s_ease-out_infinite] rounded-full border-2 border-white/70"
            style={{ animationDelay: `${delay}ms` }}
          />
        ))}
      <Avatar
        person={person}
        className={cx(
          'relative size-[clamp(5rem,24vw,8rem)] border-[3px] border-white shadow-float transition-[filter,opacity] duration-500',
          faded && 'opacity-70 grayscale',
        )}
      />
    </div>
  );
}

/** A picture of where a call stands: two people and the line between them. */
export function StatePicture({ phase, me, other }: { phase: Phase; me: Portrayed; other: Portrayed }) {
  const ringing = rings(phase);
  const faded = phase === 'ended';
  const isFlat = phase === 'ended';
  return (
    <div className="flex w-full max-w-lg items-center justify-center" aria-hidden="true">
      <Face person={me} ringing={ringing === 'me'} faded={faded} />
      <svg
        aria-hidden="true"
        viewBox="0 0 192 60"
        fill="none"
        className={cx('min-w-0 shrink grow', phase === 'connected' && 'animate-[beat_1.6s_ease-in-out_infinite]')}
      >
        <path
          key={phase}
          d={isFlat ? 'M2 34H190' : heartlinePath}
          pathLength={1}
          stroke="currentColor"
          strokeWidth={isFlat ? 2.5 : 4.5}
          strokeLinecap="round"
          strokeLinejoin="round"
          className={lines[phase]}
        />
      </svg>
      <Face person={other} ringing={ringing === 'other'} faded={faded} />
    </div>
  );
}
