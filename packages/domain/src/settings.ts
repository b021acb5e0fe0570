import {
  accessTokenSeconds,
  type OtpChannel,
  type RateLimit,
  refreshGraceSeconds,
  type SignInProviders,
  sessionSeconds,
} from '@app/contracts';

/** What an operator may decide about the rules of the platform. */
export interface Settings {
  readonly accessTokenSeconds: number;
  readonly sessionSeconds: number;
  readonly refreshGraceSeconds: number;
  /** A match without a first message ends after this many hours; null: never. */
  readonly matchExpiryHours: number | null;
  /** Holds for every call of a user, over HTTP and the socket together; endpoints may have their own beside it. */
  readonly defaultLimit: RateLimit;
  /** Where people reach the platform, without a slash at the end; null: not known, and mails have no links. */
  readonly publicBaseUrl: string | null;
  /** The ways in which codes and links can be brought to people. What is not among them is refused at once. */
  readonly codeChannels: readonly OtpChannel[];
  /** The providers that vouch for people, as apps are told of them. */
  readonly signInProviders: SignInProviders;
  /** Super likes someone may give a day; null: as many as they like. */
  readonly superLikesPerDay: number | null;
  /** What signatures of webhooks are checked by; null: that provider's are all refused. */
  readonly webhooks: WebhookSettings;
  readonly ice: IceSettings;
  /** Others see a photo only once a moderator has approved it; else also while nobody has looked at it yet. */
  readonly photosNeedApproval: boolean;
  /** Answers and events are checked against their whole schema, not only shaped by it. For tests and development. */
  readonly checkAnswers: boolean;
}

export interface WebhookSettings {
  readonly whatsAppAppSecret: string | null;
  readonly whatsAppVerifyToken: string | null;
  readonly twilioAuthToken: string | null;
}

export interface IceSettings {
  readonly stunUrls: readonly string[];
  readonly turnUrls: readonly string[];
  /** Shared with the TURN server (`static-auth-secret` of coturn). */
  readonly turnSecret: string | null;
  readonly turnTtlSeconds: number;
}

export const defaultSettings: Settings = {
  accessTokenSeconds,
  sessionSeconds,
  refreshGraceSeconds,
  matchExpiryHours: null,
  defaultLimit: { max: 600, windowSeconds: 60, by: ['user'] },
  publicBaseUrl: null,
  codeChannels: ['whatsapp', 'sms', 'email'],
  signInProviders: { items: ['google.com', 'apple.com'], firebase: null, local: true },
  superLikesPerDay: 5,
  webhooks: { whatsAppAppSecret: null, whatsAppVerifyToken: null, twilioAuthToken: null },
  ice: { stunUrls: [], turnUrls: [], turnSecret: null, turnTtlSeconds: 3600 },
  photosNeedApproval: false,
  checkAnswers: false,
};
