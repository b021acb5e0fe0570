import { SignInProvider } from '@app/contracts';
import * as z from 'zod';

/** An address of an API, without the slash at its end. */
const base = z.url({ protocol: /^https?$/ }).transform((address) => address.replace(/\/+$/, ''));
const sid = (letters: string) => z.string().regex(new RegExp(`^${letters}[0-9a-f]{32}$`), `has to be ${letters} and 32 digits of 0-9a-f`);

/** The settings of the providers that bring messages and vouch for people, by the names of their environment variables. */
export const providerVariables = {
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/./, 'has to begin with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n<>]*<?[^\s<>@]+@[^\s<>@]+>?$/, 'has to be an address, or a name with an address in <>')
    .optional(),
  TWILIO_ACCOUNT_SID: sid('AC').optional(),
  TWILIO_AUTH_TOKEN: z.string().min(16, 'has to have at least 16 characters').optional(),
  TWILIO_FROM: z
    .string()
    .regex(/^(\+\d{7,15}|MG[0-9a-f]{32})$/, 'has to be a number in E.164 or the SID of a messaging service')
    .optional(),
  TWILIO_VERIFY_SERVICE_SID: sid('VA').optional(),
  TWILIO_API_BASE_URL: base.optional(),
  WHATSAPP_ACCESS_TOKEN: z.string().optional(),
  WHATSAPP_PHONE_NUMBER_ID: z.string().regex(/^\d+$/, 'has to be a number').optional(),
  WHATSAPP_TEMPLATE: z.string().default('heartline_code'),
  WHATSAPP_APP_SECRET: z.string().min(16, 'has to have at least 16 characters').optional(),
  WHATSAPP_WEBHOOK_VERIFY_TOKEN: z.string().min(16, 'has to have at least 16 characters').optional(),
  WHATSAPP_API_BASE_URL: base.default('https://graph.facebook.com'),
  WHATSAPP_API_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, 'has to be a version such as v25.0')
    .default('v25.0'),
  FIREBASE_WEB_API_KEY: z.string().optional(),
  FIREBASE_AUTH_DOMAIN: z
    .string()
    .regex(/^[\w-]+(\.[\w-]+)+$/, 'has to be the name of a host')
    .optional(),
  SIGN_IN_PROVIDERS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(SignInProvider))
    .default(SignInProvider.options),
  FIREBASE_AUTH_EMULATOR_HOST: z
    .string()
    .regex(/^[\w.-]+:\d+$/, 'has to be host:port')
    .optional(),
};

const shape = z.object(providerVariables);

/** The project that a service account belongs to. */
function projectOf(serviceAccount: string | undefined): string | undefined {
  if (serviceAccount === undefined) return undefined;
  return z.object({ project_id: z.string() }).safeParse(JSON.parse(serviceAccount)).data?.project_id;
}

export interface ProvidersConfig {
  /** Where people and providers reach the service: in links of mails, and in what webhooks are signed for. Null: not known. */
  readonly publicBaseUrl: string | null;
  /** Null: mails are kept for a developer to read. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  readonly twilio: {
    readonly accountSid: string;
    readonly authToken: string;
    readonly from: string;
    readonly verifyServiceSid: string | null;
    readonly baseUrl: string | null;
  } | null;
  readonly whatsApp: {
    readonly accessToken: string;
    readonly phoneNumberId: string;
    readonly template: string;
    readonly appSecret: string;
    readonly verifyToken: string;
    readonly baseUrl: string;
    readonly version: string;
  } | null;
  readonly firebase: {
    readonly projectId: string;
    /** The JSON of a service account key. Null: tokens are verified, and not whether they were revoked since. */
    readonly serviceAccount: string | null;
    readonly emulatorHost: string | null;
    /** For the web app to ask the project itself. Null: it shows no providers. */
    readonly web: { readonly apiKey: string; readonly authDomain: string } | null;
  } | null;
  /** Those that have a button. */
  readonly signInProviders: readonly SignInProvider[];
}

/** What has to be there together: where one is set, the others must be. */
const together: readonly (readonly string[])[] = [
  ['SMTP_URL', 'MAIL_FROM'],
  ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'],
  ['WHATSAPP_ACCESS_TOKEN', 'WHATSAPP_PHONE_NUMBER_ID', 'WHATSAPP_APP_SECRET', 'WHATSAPP_WEBHOOK_VERIFY_TOKEN'],
];
/** What needs something else, and the other way round not. */
const needs: readonly (readonly [name: string, needed: string])[] = [
  ['TWILIO_VERIFY_SERVICE_SID', 'TWILIO_ACCOUNT_SID'],
  ['FIREBASE_AUTH_EMULATOR_HOST', 'FIREBASE_PROJECT_ID'],
  ['FIREBASE_AUTH_DOMAIN', 'FIREBASE_WEB_API_KEY'],
];
/** Addresses that production takes only where they are encrypted. */
const encrypted = ['TWILIO_API_BASE_URL', 'WHATSAPP_API_BASE_URL'];
/** Providers whose mails link to us, or whose webhooks are signed for our address. */
const needPublicAddress = ['SMTP_URL', 'TWILIO_ACCOUNT_SID'];

/** What is wrong with them together. `isMissing` tells whether a variable is set, by itself or by a file. */
export function providerFaults(values: Readonly<Record<string, string | undefined>>, isMissing: (name: string) => boolean): string[] {
  const faults: string[] = [];
  for (const names of together) {
    const set = names.filter((name) => !isMissing(name));
    if (set.length === 0) continue;
    for (const name of names) if (isMissing(name)) faults.push(`${name}: is missing, ${set[0]} cannot be used without it`);
  }
  for (const [name, needed] of needs) {
    if (!isMissing(name) && isMissing(needed)) faults.push(`${needed}: is missing, ${name} cannot be used without it`);
  }
  if (values.NODE_ENV !== 'production') return faults;
  if (!isMissing('FIREBASE_AUTH_EMULATOR_HOST'))
    faults.push('FIREBASE_AUTH_EMULATOR_HOST: an emulator lets anyone be anyone, production refuses it');
  for (const name of encrypted) {
    if (/^http:/.test(values[name] ?? '')) faults.push(`${name}: has to begin with https:// in production`);
  }
  const first = needPublicAddress.find((name) => !isMissing(name));
  if (first !== undefined && isMissing('PUBLIC_BASE_URL')) faults.push(`PUBLIC_BASE_URL: is missing, ${first} cannot be used without it`);
  return faults;
}

/** What else they depend on. */
interface OwnVariables {
  readonly NODE_ENV: string;
  readonly PORT: number;
  readonly PUBLIC_BASE_URL?: string | undefined;
  readonly FIREBASE_PROJECT_ID?: string | undefined;
  readonly FIREBASE_SERVICE_ACCOUNT?: string | undefined;
}

export function providersOf(env: z.infer<typeof shape> & OwnVariables): ProvidersConfig {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: twilioFrom } = env;
  const { WHATSAPP_ACCESS_TOKEN: accessToken, WHATSAPP_PHONE_NUMBER_ID: phoneNumberId } = env;
  const { WHATSAPP_APP_SECRET: appSecret, WHATSAPP_WEBHOOK_VERIFY_TOKEN: verifyToken } = env;
  const hasTwilio = accountSid !== undefined && authToken !== undefined && twilioFrom !== undefined;
  const hasWhatsApp = accessToken !== undefined && phoneNumberId !== undefined && appSecret !== undefined && verifyToken !== undefined;
  // The emulator takes any.
  const apiKey = env.FIREBASE_WEB_API_KEY ?? (env.FIREBASE_AUTH_EMULATOR_HOST === undefined ? undefined : 'emulator');
  const projectId = env.FIREBASE_PROJECT_ID ?? projectOf(env.FIREBASE_SERVICE_ACCOUNT);
  return {
    publicBaseUrl: env.PUBLIC_BASE_URL ?? (env.NODE_ENV === 'development' && env.PORT > 0 ? `http://localhost:${env.PORT}` : null),
    smtp: smtpUrl === undefined || from === undefined ? null : { url: smtpUrl, from },
    twilio: hasTwilio
      ? {
          accountSid,
          authToken,
          from: twilioFrom,
          verifyServiceSid: env.TWILIO_VERIFY_SERVICE_SID ?? null,
          baseUrl: env.TWILIO_API_BASE_URL ?? null,
        }
      : null,
    whatsApp: hasWhatsApp
      ? {
          accessToken,
          phoneNumberId,
          appSecret,
          verifyToken,
          template: env.WHATSAPP_TEMPLATE,
          baseUrl: env.WHATSAPP_API_BASE_URL,
          version: env.WHATSAPP_API_VERSION,
        }
      : null,
    firebase:
      projectId === undefined
        ? null
        : {
            projectId,
            serviceAccount: env.FIREBASE_SERVICE_ACCOUNT ?? null,
            emulatorHost: env.FIREBASE_AUTH_EMULATOR_HOST ?? null,
            web: apiKey === undefined ? null : { apiKey, authDomain: env.FIREBASE_AUTH_DOMAIN ?? `${projectId}.firebaseapp.com` },
          },
    signInProviders: env.SIGN_IN_PROVIDERS,
  };
}
