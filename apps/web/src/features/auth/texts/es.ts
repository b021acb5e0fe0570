import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  welcome: {
    title: 'Bienvenida',
    heading: 'Conoce a alguien que merezca una llamada.',
    text: 'Encontraos, hablad todo lo que queráis y, cuando os apetezca, veos por vídeo.',
    note: 'Solo para adultos. Nadie ve tu correo y tú decides quién ve tu perfil.',
  },
  createAccount: 'Crear cuenta',
  signIn: 'Iniciar sesión',
  welcomeBack: 'Qué bien verte de nuevo',
  newHere: '¿Es tu primera vez?',
  createAnAccount: 'Crea una cuenta',
  niceToMeet: 'Encantados de conocerte',
  beenHere: '¿Ya has estado aquí?',
  fields: {
    name: 'Nombre',
    nameHint: 'Como te llaman los demás. Basta con el nombre de pila.',
    birthDate: 'Fecha de nacimiento',
    birthDateHint: 'Los demás solo ven tu edad.',
    gender: 'Género',
    email: 'Correo electrónico',
    password: 'Contraseña',
    passwordHint: 'Al menos {least, number} caracteres. Una frase corta va bien.',
  },
  faults: {
    emailOfAccount: 'Escribe el correo de tu cuenta.',
    yourPassword: 'Escribe tu contraseña.',
    displayName: 'Dinos cómo llamarte.',
    displayNameLong: 'El nombre puede tener hasta {most, number} caracteres.',
    email: 'Escribe tu correo.',
    emailFormat: 'Eso no parece un correo.',
    emailTaken: 'Ya existe una cuenta con este correo. ¿Es tuya? Entonces inicia sesión.',
    password: 'Elige al menos {least, number} caracteres.',
    birthDate: 'Indica el día en que naciste.',
    birthDateNone: 'Ese día no está en el calendario.',
    gender: 'Elige una opción. Puedes cambiarla más adelante.',
  },
  tooYoung: {
    title: 'Heartline es para personas de {age, number} años o más.',
    from: 'Nos encantará recibirte a partir del {date}.',
    kept: 'No hemos guardado nada de lo que has escrito. Si la fecha es un error, corrígela sin más.',
  },
  demo: {
    title: '¿Solo estás mirando?',
    text: 'Elige una persona de prueba para rellenar su cuenta. Abre otra ventana como otra persona y podrán conocerse.',
  },
} satisfies Translated<typeof english>;
