import { memoryTokens } from './storage';
import type { ClientConfig, ClientSettings } from './types';

/** The settings of a config, those of its environment laid over. Throws when there is no address. */
export function settingsOf(config: ClientConfig): ClientSettings & { baseURL: string } {
  const { environment, environments, ...settings } = config;
  const preset = environment === undefined ? undefined : environments?.[environment];
  if (environment !== undefined && !preset) {
    throw new Error(`There is no environment '${environment}'. There are: ${Object.keys(environments ?? {}).join(', ')}.`);
  }
  const { baseURL, ...rest } = { ...settings, ...preset };
  if (!baseURL) throw new Error('The client needs a baseURL, such as https://api.example.com/api/v1.');
  const keepsTokens = rest.getToken || rest.getRefreshToken || rest.onTokenRefreshed;
  return { ...(keepsTokens ? {} : memoryTokens()), ...rest, baseURL: baseURL.replace(/\/+$/, '') };
}
