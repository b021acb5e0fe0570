import type { TextsOf } from '../../language/spoken';

const named = {
  'Unknown device': 'device.unknown',
  'Unknown app': 'device.unknownApp',
  'The app': 'device.ours',
  'A program': 'device.program',
} as const;

const isNamed = (app: string): app is keyof typeof named => Object.hasOwn(named, app);

/** A device as its owner knows it; the service names it in English: `Firefox on Linux`. */
export function deviceName(device: string, t: TextsOf<'notifications'>): string {
  const [said = '', system] = device.split(' on ');
  const app = isNamed(said) ? t(named[said]) : said;
  return system === undefined ? app : t('device.on', { app, system });
}
