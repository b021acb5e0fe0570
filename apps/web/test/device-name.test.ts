import { afterAll, expect, it } from 'vitest';
import { deviceName } from '../src/features/notifications/device-name';
import { speak, textsOf } from '../src/language/spoken';

afterAll(() => speak('en'));

it.each([
  ['en', 'Firefox on Linux', 'Firefox on Linux'],
  ['en', 'The app', 'The app'],
  ['fr', 'Chrome on Linux', 'Chrome sous Linux'],
  ['de', 'The app on Android', 'Die App unter Android'],
  ['es', 'Unknown app on iOS', 'Aplicación desconocida (iOS)'],
  ['pt', 'Unknown device', 'Dispositivo desconhecido'],
  ['pt', 'Samsung Internet', 'Samsung Internet'],
] as const)('a device in %s: %s', async (language, device, named) => {
  await speak(language);
  expect(deviceName(device, textsOf('notifications'))).toBe(named);
});
