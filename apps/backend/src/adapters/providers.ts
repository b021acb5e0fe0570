import { basePath, type OtpChannel, type SignInProviders, webhooks } from '@app/contracts';
import {
  defaultSettings,
  type Identity,
  localIdentity,
  type Mail,
  noIdentity,
  type Outbox,
  type Ports,
  type Sms,
  type WhatsApp,
} from '@app/domain';
import type { Config } from '../config';
import { cloudWhatsApp } from './cloud-whatsapp';
import { expoPush } from './expo-push';
import { fcmPush } from './fcm-push';
import { firebaseIdentity } from './firebase-identity';
import { noPush, pushesBy } from './pushes';
import { smtpMail } from './smtp-mail';
import { twilioSms } from './twilio-sms';

export interface Providers extends Pick<Ports, 'mail' | 'sms' | 'whatsApp' | 'push' | 'identity' | 'outbox'> {
  close(): Promise<void>;
}

/** In production nothing is kept for anybody to read: without a provider a message cannot be sent, and its job says so. */
function unset(what: string): () => Promise<never> {
  return () => Promise.reject(new Error(`No provider for ${what} is set up.`));
}

/** The ways in which codes and links can be brought: in production those of providers that are set up. */
export function codeChannelsOf({ environment, providers: { smtp, twilio, whatsApp } }: Config): readonly OtpChannel[] {
  if (environment !== 'production') return defaultSettings.codeChannels;
  const isThere: Readonly<Record<OtpChannel, boolean>> = { whatsapp: whatsApp !== null, sms: twilio !== null, email: smtp !== null };
  return defaultSettings.codeChannels.filter((channel) => isThere[channel]);
}

/** What apps are told of the providers. An app that cannot ask the project has no buttons to show. */
export function signInProvidersOf({ environment, providers: { firebase, signInProviders } }: Config): SignInProviders {
  const items = [...signInProviders];
  if (firebase === null)
    return environment === 'production' ? { items: [], firebase: null, local: false } : { items, firebase, local: true };
  const { projectId, emulatorHost, web } = firebase;
  if (web === null) return { items: [], firebase: null, local: false };
  const emulatorUrl = emulatorHost === null ? null : `http://${emulatorHost}`;
  return { items, firebase: { ...web, projectId, emulatorUrl }, local: false };
}

/** The real adapters of the providers that are set up; for the others the local ones, and in production none. */
export async function openProviders(config: Config, outbox: Outbox): Promise<Providers> {
  const { environment, providers } = config;
  const { smtp, twilio, whatsApp, firebase, publicBaseUrl } = providers;
  const isProduction = environment === 'production';
  const closing: (() => unknown)[] = [];

  function openMail(): Mail {
    if (smtp === null) return isProduction ? { send: unset('mail') } : outbox.mail;
    const mail = smtpMail(smtp.url, smtp.from);
    closing.push(mail.close);
    return mail;
  }
  function openSms(): Sms {
    if (twilio === null) return isProduction ? { send: unset('text messages') } : outbox.sms;
    const statusCallback = publicBaseUrl === null ? null : `${publicBaseUrl}${basePath}${webhooks.twilioMessageStatus.path}`;
    return twilioSms({ ...twilio, statusCallback });
  }
  function openWhatsApp(): WhatsApp {
    if (whatsApp === null) return isProduction ? { sendCode: unset('WhatsApp') } : outbox.whatsApp;
    return cloudWhatsApp(whatsApp);
  }
  function openIdentity(): Identity {
    if (firebase === null) return isProduction ? noIdentity() : localIdentity();
    const identity = firebaseIdentity(firebase);
    closing.push(identity.close);
    return identity;
  }

  const elsewhere = isProduction ? noPush() : outbox.push;
  return {
    push: pushesBy({
      fcm: config.fcm === null ? elsewhere : await fcmPush(config.fcm),
      expo: config.expo === null ? elsewhere : await expoPush(config.expo),
    }),
    mail: openMail(),
    sms: openSms(),
    whatsApp: openWhatsApp(),
    identity: openIdentity(),
    outbox: isProduction ? null : outbox,
    async close() {
      for (const close of closing) await close();
    },
  };
}
