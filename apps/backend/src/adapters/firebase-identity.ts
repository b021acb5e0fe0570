import type { Identity, ProvenIdentity } from '@app/domain';
import { cert, deleteApp, initializeApp } from 'firebase-admin/app';
import { type DecodedIdToken, getAuth } from 'firebase-admin/auth';

export interface FirebaseSettings {
  readonly projectId: string;
  /** The JSON of a service account key. Null: tokens are verified, and not whether they were revoked since. */
  readonly serviceAccount: string | null;
  /** `host:port`; its tokens are signed by nobody. */
  readonly emulatorHost: string | null;
}

export interface FirebaseIdentity extends Identity {
  close(): Promise<void>;
}

/** Codes for a token that is not good, whatever is tried again with it. Everything else is a fault on the way. */
const ofToken =
  /^auth\/(argument-error|invalid-argument|id-token-(expired|revoked)|invalid-id-token|user-disabled|user-not-found|mismatching-tenant-id)$/;

/** The library gives a fault on the way to Google's certificates the code of a token that is not good. */
const ofWay = /fetching public keys|while making request/i;

function isOfToken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ofToken.test(String(error.code)) && !ofWay.test(error.message);
}

function identityOf({ uid, email, email_verified, phone_number, firebase }: DecodedIdToken): ProvenIdentity {
  return {
    provider: 'firebase',
    subject: uid,
    via: firebase.sign_in_provider,
    email: email?.toLowerCase() ?? null,
    emailVerified: email_verified === true,
    phone: phone_number ?? null,
  };
}

/** ID tokens of a Firebase project: signature, project, expiry, and that the account there was neither disabled nor signed out. */
export function firebaseIdentity({ projectId, serviceAccount, emulatorHost }: FirebaseSettings): FirebaseIdentity {
  // The library takes the emulator's address from nowhere else.
  if (emulatorHost !== null) process.env.FIREBASE_AUTH_EMULATOR_HOST = emulatorHost;
  const canAsk = emulatorHost !== null || serviceAccount !== null;
  const credential = serviceAccount === null || emulatorHost !== null ? {} : { credential: cert(JSON.parse(serviceAccount)) };
  const app = initializeApp({ projectId, ...credential }, `sign-in ${crypto.randomUUID()}`);
  const auth = getAuth(app);
  return {
    async verify(idToken) {
      try {
        return { ok: true, identity: identityOf(await auth.verifyIdToken(idToken, canAsk)) };
      } catch (error) {
        if (isOfToken(error)) return { ok: false, reason: 'invalid' };
        throw error;
      }
    },
    close: () => deleteApp(app),
  };
}
