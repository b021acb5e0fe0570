import { useAuth } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { notifyError } from '../../design/notices';

/** Signs this device out, or all of them. */
export function useSignOut(): { signOut(everywhere?: boolean): Promise<void>; isSigningOut: boolean } {
  const { logout, logoutAll } = useAuth();
  const navigate = useNavigate();
  const [isSigningOut, setSigningOut] = useState(false);
  return {
    isSigningOut,
    async signOut(everywhere = false) {
      setSigningOut(true);
      try {
        await (everywhere ? logoutAll() : logout());
      } catch (error) {
        notifyError(error);
        if (everywhere) return;
      } finally {
        setSigningOut(false);
      }
      await navigate({ to: '/', replace: true });
    },
  };
}
