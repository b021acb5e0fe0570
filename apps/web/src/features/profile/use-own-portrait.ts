import { useUser } from '@app/api-client/react';
import type { Portrayed } from '../../design/portrait/portrait';

/** Oneself as others are shown: with the first photo, once the profile is there. Undefined until one is known at all. */
export function useOwnPortrait(): Portrayed | undefined {
  const { user, profile } = useUser();
  return profile ?? user;
}
