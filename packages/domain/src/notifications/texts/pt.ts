import { days, type MailWords, plurals, type Words } from './words';

const many = plurals('pt');
const day = days('pt');

export const pt: Words = {
  new_device: ({ data }) => ({
    title: 'Novo início de sessão na sua conta',
    body: `${data.device} iniciou sessão a partir de ${data.address}. Se não foi você, termine essa sessão e mude a senha.`,
  }),
  password_changed: ({ data }) => ({
    title: 'A sua senha foi alterada',
    body: `Foi alterada em ${data.device}. Se não foi você, redefina-a agora.`,
  }),
  warning: ({ data }) => ({ title: 'Um aviso da nossa equipe', body: data.reason }),
  report_resolved: ({ data }) => ({
    title: 'Analisamos a sua denúncia',
    body:
      data.outcome === 'acted'
        ? 'Tomamos medidas. Obrigado por nos avisar.'
        : 'Não encontramos nada contra as nossas regras. Obrigado por nos avisar.',
  }),
  photo_rejected: ({ data }) => ({
    title: 'Uma das suas fotos não é mostrada',
    body: data.reason ?? 'Ela não segue as nossas regras para fotos. Por favor, escolha outra.',
  }),
  export_ready: ({ data }) => ({ title: 'Os seus dados estão prontos', body: `Você pode baixá-los até ${day(data.expiresAt)}.` }),
  friend_requested: ({ name }) => ({ title: 'Pedido de amizade', body: `${name} gostaria de ter a sua amizade.` }),
  friend_accepted: ({ name }) => ({ title: 'Uma nova amizade', body: `${name} aceitou o seu pedido.` }),
  match_created: ({ name }) => ({ title: 'Deu match!', body: `Você e ${name} gostaram um do outro. Diga olá!` }),
  like_received: ({ count }) => ({
    title: many(count, { one: '# pessoa gostou de você', many: '# de pessoas gostaram de você', other: '# pessoas gostaram de você' }),
    body: 'Veja quem pode ser.',
  }),
  call_missed: ({ name, data }) => ({
    title: data.type === 'video' ? 'Chamada de vídeo perdida' : 'Chamada perdida',
    body: `${name} tentou falar com você.`,
  }),
  message_received: ({ name, count }) => ({
    title: name,
    body:
      count === 1
        ? 'Enviou uma mensagem'
        : many(count, { one: '# nova mensagem', many: '# de novas mensagens', other: '# novas mensagens' }),
  }),
};

export const ptMail: MailWords = {
  open: 'Abrir o Heartline',
  why: 'Você recebe este e-mail por causa da sua conta no Heartline. Nas configurações, pode escolher quais e-mails recebe.',
};
