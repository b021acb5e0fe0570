import type { ReactNode } from 'react';
import { Loading, Skeleton } from '../../design/states';

/** A person's page: the picture, and beside it or below what they say. */
export function PersonLayout({ hero, top, children }: { hero: ReactNode; top?: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto w-full max-w-5xl px-4 pt-3 pb-10 sm:px-8 lg:pt-8">
      {top}
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)] lg:gap-12">
        {hero}
        <div className="grid grid-cols-1 content-start gap-6 lg:pt-4">{children}</div>
      </div>
    </div>
  );
}

export const heroShape = 'aspect-[4/5] max-h-[64dvh] w-full sm:aspect-[16/10] lg:aspect-[5/7] lg:max-h-none';

export function PersonSkeleton() {
  return (
    <Loading>
      <PersonLayout hero={<Skeleton className={`${heroShape} rounded-[2rem]!`} />}>
        <Skeleton className="h-6 w-2/3" />
        <Skeleton className="h-20" />
        <Skeleton className="h-9 w-1/2" />
      </PersonLayout>
    </Loading>
  );
}
