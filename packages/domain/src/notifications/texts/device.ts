import type { Language } from './words';

/** `named`: what there is no other word for in the names of devices. `on`: an app and its system. */
interface DeviceWords {
  readonly named: Readonly<Record<string, string>>;
  on(app: string, system: string): string;
}

const words: Readonly<Record<Exclude<Language, 'en'>, DeviceWords>> = {
  fr: {
    named: { 'Unknown device': 'Appareil inconnu', 'Unknown app': 'Appli inconnue', 'The app': 'L’appli', 'A program': 'Un programme' },
    on: (app, system) => `${app} sous ${system}`,
  },
  de: {
    named: { 'Unknown device': 'Unbekanntes Gerät', 'Unknown app': 'Unbekannte App', 'The app': 'Die App', 'A program': 'Ein Programm' },
    on: (app, system) => `${app} unter ${system}`,
  },
  es: {
    named: {
      'Unknown device': 'Dispositivo desconocido',
      'Unknown app': 'Aplicación desconocida',
      'The app': 'La aplicación',
      'A program': 'Un programa',
    },
    on: (app, system) => `${app} (${system})`,
  },
  pt: {
    named: {
      'Unknown device': 'Dispositivo desconhecido',
      'Unknown app': 'Aplicação desconhecida',
      'The app': 'A aplicação',
      'A program': 'Um programa',
    },
    on: (app, system) => `${app} (${system})`,
  },
};

/** A device as its owner knows it; it is kept in English: `Firefox on Linux`. */
export function deviceIn(language: Language, device: string): string {
  if (language === 'en') return device;
  const { named, on } = words[language];
  const [app = '', system] = device.split(' on ');
  const known = named[app] ?? app;
  return system === undefined ? known : on(known, system);
}
