import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  on: 'Cifrado de extremo a extremo',
  menuStart: 'Cifrar esta conversación',
  menuNumber: 'Número de seguridad',
  unreadable: 'Cifrado: no se puede leer en este dispositivo',
  start: {
    title: '¿Cifrar esta conversación?',
    what: 'Desde ahora solo vosotros dos podéis leer lo que escribís y ver lo que enviáis: ni nosotros, ni quien entre aquí por la fuerza.',
    forGood: 'No se puede deshacer. Lo que escribisteis antes queda como está.',
    without:
      'Ya no se puede buscar en ella. Un dispositivo nuevo solo lee lo que se escribe después de que lo apruebes, y quien pierde todos sus dispositivos pierde lo escrito.',
    seen: 'Seguimos viendo quién escribe a quién y cuándo, cuánto ocupa una foto y con qué emoji reaccionas.',
    browser:
      'En un navegador confías en la página que servimos. Comparad vuestros números de seguridad para saber que no hay nadie en medio.',
    action: 'Cifrar desde ahora',
  },
  number: {
    title: 'Tu número de seguridad con {name}',
    text: 'Compáralo con {name}, en persona o en una llamada. Si los dos veis las mismas cifras, no hay nadie en medio.',
    verified: 'Lo has comparado.',
    verify: 'Es el mismo',
    accept: 'Seguir sin comparar',
    none: '{name} no tiene ningún dispositivo que pueda leer lo que escribes.',
    devices: '{count, plural, one {# dispositivo de {name} puede leerlo.} other {# dispositivos de {name} pueden leerlo.}}',
  },
  changed: 'La identidad de {name} ha cambiado. Puede ser un teléfono nuevo, u otra persona.',
  compare: 'Comparar',
  states: {
    not_set_up: 'Para leer y escribir lo cifrado, configúralo en este dispositivo.',
    off: 'Has cerrado la sesión.',
    starting: 'Se están cargando tus claves…',
    unapproved: 'Aprueba este dispositivo en uno que ya usabas. Leerá lo que se escriba después.',
    elsewhere: 'Otra pestaña tiene tus claves. Ciérrala para seguir aquí.',
    lost: 'Las claves de este dispositivo ya no están. Cierra la sesión y vuelve a entrar para crear otras.',
    failed: 'No se han podido cargar tus claves.',
  },
  setUp: 'Configurar en este dispositivo',
  again: 'Reintentar',
  toDevices: 'Tus dispositivos',
  devices: {
    title: 'Cifrado',
    text: 'Cuáles de tus dispositivos pueden leer tus conversaciones cifradas.',
    current: 'Este dispositivo',
    approved: 'Aprobado',
    waiting: 'A la espera de aprobación',
    code: 'Código:',
    compare: 'Compara el código en ambos dispositivos antes de aprobar.',
    approve: 'Los códigos son iguales: aprobar',
    reset: 'No tengo otro dispositivo',
    resetTitle: '¿Empezar de nuevo?',
    resetText: 'Recibes otra identidad, y se avisa a quienes te escriben. Lo escrito antes no se puede leer aquí.',
    resetAction: 'Empezar de nuevo',
  },
} satisfies Translated<typeof english>;
