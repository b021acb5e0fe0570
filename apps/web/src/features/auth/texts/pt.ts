import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  welcome: {
    title: 'Boas-vindas',
    heading: 'Conhece alguém que mereça uma chamada.',
    text: 'Encontrem-se, falem o tempo que quiserem e, quando fizer sentido, vejam-se em vídeo.',
    note: 'Só para adultos. Ninguém vê o teu e-mail e és tu que decides quem vê o teu perfil.',
  },
  createAccount: 'Criar conta',
  signIn: 'Iniciar sessão',
  welcomeBack: 'Que bom ver-te de novo',
  newHere: 'És novo aqui?',
  createAnAccount: 'Cria uma conta',
  niceToMeet: 'Muito gosto',
  beenHere: 'Já cá estiveste?',
  fields: {
    name: 'Nome',
    nameHint: 'Como te chamam. Basta o primeiro nome.',
    birthDate: 'Data de nascimento',
    birthDateHint: 'Os outros só veem a tua idade.',
    gender: 'Género',
    email: 'E-mail',
    password: 'Palavra-passe',
    passwordHint: 'Pelo menos {least, number} caracteres. Uma frase curta serve bem.',
  },
  faults: {
    emailOfAccount: 'Escreve o e-mail da tua conta.',
    yourPassword: 'Escreve a tua palavra-passe.',
    displayName: 'Diz-nos como te chamar.',
    displayNameLong: 'O nome pode ter até {most, number} caracteres.',
    email: 'Escreve o teu e-mail.',
    emailFormat: 'Isso não parece um e-mail.',
    emailTaken: 'Já existe uma conta com este e-mail. É tua? Então inicia sessão.',
    password: 'Escolhe pelo menos {least, number} caracteres.',
    birthDate: 'Indica o dia em que nasceste.',
    birthDateNone: 'Esse dia não existe no calendário.',
    gender: 'Escolhe uma opção. Podes mudar mais tarde.',
  },
  tooYoung: {
    title: 'O Heartline é para pessoas com {age, number} anos ou mais.',
    from: 'Gostaríamos muito de te receber a partir de {date}.',
    kept: 'Não guardámos nada do que escreveste. Se a data é um engano, basta corrigi-la.',
  },
  demo: {
    title: 'Só a dar uma vista de olhos?',
    text: 'Escolhe uma pessoa de demonstração para preencher a conta dela. Abre outra janela como outra pessoa e podem conhecer-se.',
  },
} satisfies Translated<typeof english>;
