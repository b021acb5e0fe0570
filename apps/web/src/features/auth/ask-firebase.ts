import type { FirebaseApp, SignInProvider } from '@app/api-client';
import { FirebaseError, getApps, initializeApp } from 'firebase/app';
import {
  type Auth,
  browserPopupRedirectResolver,
  connectAuthEmulator,
  GoogleAuthProvider,
  getAuth,
  initializeAuth,
  inMemoryPersistence,
  OAuthProvider,
  signInWithPopup,
} from 'firebase/auth';
import { ProviderRefusal, type RefusalReason } from './provider-refusal';

const reasons: Readonly<Record<string, RefusalReason>> = {
  'auth/popup-closed-by-user': 'cancelled',
  'auth/cancelled-popup-request': 'cancelled',
  'auth/user-cancelled': 'cancelled',
  'auth/popup-blocked': 'blocked',
  'auth/account-exists-with-different-credential': 'otherWay',
};

function authOf({ emulatorUrl, ...options }: FirebaseApp): Auth {
  const [known] = getApps();
  if (known !== undefined) return getAuth(known);
  // The session is ours: of Firebase's own nothing is kept.
  const auth = initializeAuth(initializeApp(options), {
    persistence: inMemoryPersistence,
    popupRedirectResolver: browserPopupRedirectResolver,
  });
  if (emulatorUrl !== null) connectAuthEmulator(auth, emulatorUrl, { disableWarnings: true });
  return auth;
}

function providerOf(via: SignInProvider) {
  if (via === 'google.com') {
    const google = new GoogleAuthProvider();
    google.setCustomParameters({ prompt: 'select_account' });
    return google;
  }
  const other = new OAuthProvider(via);
  other.addScope('email');
  other.addScope('name');
  return other;
}

/** Opens the provider's window. Answers the ID token of who signed in there; rejects with a `ProviderRefusal`. */
export async function askFirebase(app: FirebaseApp, via: SignInProvider): Promise<string> {
  const auth = authOf(app);
  auth.languageCode = document.documentElement.lang;
  try {
    const { user } = await signInWithPopup(auth, providerOf(via));
    const idToken = await user.getIdToken();
    await auth.signOut();
    return idToken;
  } catch (error) {
    const code = error instanceof FirebaseError ? error.code : '';
    throw new ProviderRefusal(reasons[code] ?? 'down', { cause: error });
  }
}
