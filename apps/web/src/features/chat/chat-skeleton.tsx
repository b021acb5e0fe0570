import type { Person } from '@app/api-client';
import { Loading, Skeleton } from '../../design/states';
import { PersonAvatar, useNameOf } from '../people/person-or-gone';
import { BackToChats } from './chat-header';

const widths = ['w-3/5', 'w-2/5 self-end', 'w-1/2 self-end', 'w-2/3', 'w-1/3 self-end'];

/** A conversation that is on its way. */
export function ChatSkeleton({ person }: { person: Person | null | undefined }) {
  const nameOf = useNameOf();
  const isKnown = person !== undefined;
  return (
    <>
      <div className="flex h-16 shrink-0 items-center gap-3 border-b border-line bg-surface px-3 sm:px-5">
        <BackToChats className="ml-0" />
        {isKnown ? <PersonAvatar person={person} className="size-10" /> : <Skeleton className="size-10 rounded-full!" />}
        {isKnown ? <p className="font-display text-lg font-bold">{nameOf(person)}</p> : <Skeleton className="h-5 w-32" />}
      </div>
      <Loading className="mx-auto flex w-full max-w-3xl grow flex-col justify-end gap-3 px-4 py-6 sm:px-6">
        {widths.map((width) => (
          <Skeleton key={width} className={`h-11 rounded-[1.3rem]! ${width}`} />
        ))}
      </Loading>
    </>
  );
}
