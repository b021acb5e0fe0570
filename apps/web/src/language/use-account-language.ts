import { useUser } from '@app/api-client/react';
import { useEffect } from 'react';
import { notifyError } from '../design/notices';
import { broughtLanguage, chooseLanguage, forgetBroughtLanguage } from './choice';

/** Speaks the language of the account, and gives an account the one that was chosen on the way in. */
export function useAccountLanguage(): void {
  const { preferences, updatePreferences } = useUser();
  const language = preferences?.app.language;
  useEffect(() => {
    if (!language) return;
    const brought = broughtLanguage();
    if (brought && brought !== language) {
      // Kept until the account has it: then this runs again.
      updatePreferences({ app: { language: brought } }).catch((error: unknown) => notifyError(error));
      return;
    }
    forgetBroughtLanguage();
    chooseLanguage(language).catch((error: unknown) => notifyError(error));
  }, [language, updatePreferences]);
}
