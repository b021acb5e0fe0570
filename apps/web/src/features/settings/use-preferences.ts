import type { EndpointInput, Preferences } from '@app/api-client';
import { useUser } from '@app/api-client/react';
import { useState } from 'react';
import { notifyError } from '../../design/notices';

type Change = EndpointInput<'users.updatePreferences'>;

function withNotifications(now: Preferences['notifications'], { categories, ...change }: NonNullable<Change['notifications']> = {}) {
  const switched = Object.entries(now.categories).map(([category, channels]) => [
    category,
    { ...channels, ...categories?.[category as keyof typeof categories] },
  ]);
  return { ...now, ...change, categories: Object.fromEntries(switched) as typeof now.categories };
}

/** Preferences as they will be once the changes that are on their way have arrived. */
function withChange(preferences: Preferences, change: Change): Preferences {
  return {
    notifications: withNotifications(preferences.notifications, change.notifications),
    privacy: { ...preferences.privacy, ...change.privacy },
    app: { ...preferences.app, ...change.app },
    discovery: { ...preferences.discovery, ...change.discovery },
  };
}

/** What a person has set. A change shows at once, and goes back if it is refused. */
export function usePreferences(): { preferences: Preferences | undefined; error: unknown; change(change: Change): void } {
  const { preferences, updatePreferences, error } = useUser();
  const [pending, setPending] = useState<readonly Change[]>([]);
  return {
    preferences: preferences && pending.reduce(withChange, preferences),
    error: preferences ? null : error,
    change(change) {
      setPending((now) => [...now, change]);
      updatePreferences(change)
        .catch((cause: unknown) => notifyError(cause))
        .finally(() => setPending((now) => now.filter((one) => one !== change)));
    },
  };
}
