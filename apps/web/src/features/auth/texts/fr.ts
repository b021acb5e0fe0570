import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  welcome: {
    title: 'Bienvenue',
    heading: 'Rencontre quelqu’un qui mérite un appel.',
    text: 'Trouvez-vous, parlez aussi longtemps que vous voulez et, quand le moment est venu, voyez-vous en vidéo.',
    note: 'Réservé aux adultes. Personne ne voit ton e-mail, et c’est toi qui décides qui voit ton profil.',
  },
  createAccount: 'Créer un compte',
  signIn: 'Se connecter',
  welcomeBack: 'Contents de te revoir',
  newHere: 'Première fois ici ?',
  createAnAccount: 'Crée un compte',
  niceToMeet: 'Enchantés',
  beenHere: 'Déjà un compte ?',
  fields: {
    name: 'Nom',
    nameHint: 'Comme les autres t’appellent. Un prénom suffit.',
    birthDate: 'Date de naissance',
    birthDateHint: 'Les autres ne voient que ton âge.',
    gender: 'Genre',
    email: 'E-mail',
    password: 'Mot de passe',
    passwordHint: 'Au moins {least, number} caractères. Une petite phrase, c’est bien.',
  },
  faults: {
    emailOfAccount: 'Saisis l’e-mail de ton compte.',
    yourPassword: 'Saisis ton mot de passe.',
    displayName: 'Dis-nous comment t’appeler.',
    displayNameLong: 'Un nom peut compter jusqu’à {most, number} caractères.',
    email: 'Saisis ton e-mail.',
    emailFormat: 'Cela ne ressemble pas à un e-mail.',
    emailTaken: 'Il existe déjà un compte avec cet e-mail. C’est le tien ? Alors connecte-toi.',
    password: 'Choisis au moins {least, number} caractères.',
    birthDate: 'Saisis ta date de naissance.',
    birthDateNone: 'Ce jour n’est pas dans le calendrier.',
    gender: 'Choisis une option. Tu pourras changer plus tard.',
  },
  tooYoung: {
    title: 'Heartline est réservé aux personnes de {age, number} ans et plus.',
    from: 'Nous serons ravis de t’accueillir à partir du {date}.',
    kept: 'Rien de ce que tu as saisi n’a été conservé. Si la date est une erreur, corrige-la simplement.',
  },
  demo: {
    title: 'Juste envie de regarder ?',
    text: 'Choisis une personne de démo pour remplir son compte. Ouvre une deuxième fenêtre avec quelqu’un d’autre, et ils pourront se rencontrer.',
  },
} satisfies Translated<typeof english>;
