import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  welcome: {
    title: 'Willkommen',
    heading: 'Triff jemanden, den du anrufen willst.',
    text: 'Findet euch, redet, so lange ihr mögt, und wenn es sich richtig anfühlt, seht euch im Video.',
    note: 'Nur für Erwachsene. Niemand sieht deine E-Mail, und du bestimmst, wer dein Profil sieht.',
  },
  createAccount: 'Konto erstellen',
  signIn: 'Anmelden',
  welcomeBack: 'Willkommen zurück',
  newHere: 'Neu hier?',
  createAnAccount: 'Konto erstellen',
  niceToMeet: 'Schön, dich kennenzulernen',
  beenHere: 'Schon einmal hier gewesen?',
  fields: {
    name: 'Name',
    nameHint: 'Wie andere dich nennen. Ein Vorname reicht.',
    birthDate: 'Geburtsdatum',
    birthDateHint: 'Andere sehen nur dein Alter.',
    gender: 'Geschlecht',
    email: 'E-Mail',
    password: 'Passwort',
    passwordHint: 'Mindestens {least, number} Zeichen. Ein kurzer Satz ist gut.',
  },
  faults: {
    emailOfAccount: 'Gib die E-Mail deines Kontos ein.',
    yourPassword: 'Gib dein Passwort ein.',
    displayName: 'Sag uns, wie wir dich nennen sollen.',
    displayNameLong: 'Namen können bis zu {most, number} Zeichen lang sein.',
    email: 'Gib deine E-Mail ein.',
    emailFormat: 'Das sieht nicht nach einer E-Mail-Adresse aus.',
    emailTaken: 'Zu dieser E-Mail gibt es schon ein Konto. Ist es deins? Dann melde dich an.',
    password: 'Wähl mindestens {least, number} Zeichen.',
    birthDate: 'Gib deinen Geburtstag ein.',
    birthDateNone: 'Diesen Tag gibt es im Kalender nicht.',
    gender: 'Wähl etwas aus. Du kannst es später ändern.',
  },
  tooYoung: {
    title: 'Heartline ist für Menschen ab {age, number} Jahren.',
    from: 'Ab dem {date} freuen wir uns auf dich.',
    kept: 'Nichts von dem, was du eingegeben hast, wurde gespeichert. Wenn das Datum ein Versehen ist, korrigier es einfach.',
  },
  demo: {
    title: 'Nur mal umsehen?',
    text: 'Wähl eine Demo-Person, um ihr Konto einzutragen. Öffne ein zweites Fenster als jemand anderes, und die beiden können sich treffen.',
  },
} satisfies Translated<typeof english>;
