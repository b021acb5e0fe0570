import { days, type MailWords, type MediaWords, plurals, type Words } from './words';

const many = plurals('pt');
const day = days('pt');
const sent: MediaWords = { image: 'Foto', audio: 'Mensagem de voz', video: 'Vídeo' };

export const pt: Words = {
  new_device: ({ data, device }) => ({
    title: 'Novo início de sessão na tua conta',
    body: `${device} iniciou sessão a partir de ${data.address}. Se não foste tu, termina essa sessão e muda a palavra-passe.`,
  }),
  password_changed: ({ device }) => ({
    title: 'A tua palavra-passe foi alterada',
    body: `Foi alterada em ${device}. Se não foste tu, redefine-a agora.`,
  }),
  warning: ({ data }) => ({ title: 'Um aviso da nossa equipa', body: data.reason }),
  report_resolved: ({ data }) => ({
    title: 'Analisámos a tua denúncia',
    body:
      data.outcome === 'acted'
        ? 'Tomámos medidas. Obrigado por nos avisares.'
        : 'Não encontrámos nada contra as nossas regras. Obrigado por nos avisares.',
  }),
  photo_rejected: ({ data }) => ({
    title: 'Uma das tuas fotos não é mostrada',
    body: data.reason ?? 'Não segue as nossas regras para fotos. Escolhe outra, por favor.',
  }),
  content_removed: ({ data }) => ({
    title: 'Removemos algo que escreveste',
    body: many(data.messages, {
      one: 'Uma das tuas mensagens ia contra as nossas regras e já ninguém a vê.',
      other: '# das tuas mensagens iam contra as nossas regras e já ninguém as vê.',
    }),
  }),
  export_ready: ({ data }) => ({ title: 'Os teus dados estão prontos', body: `Podes descarregá-los até ${day(data.expiresAt)}.` }),
  friend_requested: ({ name }) => ({ title: 'Pedido de amizade', body: `${name} enviou-te um pedido de amizade.` }),
  friend_accepted: ({ name }) => ({ title: 'Uma nova amizade', body: `${name} aceitou o teu pedido.` }),
  match_created: ({ name }) => ({ title: 'Deu match!', body: `Tu e ${name} gostam um do outro. Diz olá!` }),
  like_received: ({ count }) => ({
    title: many(count, { one: '# pessoa gosta de ti', many: '# de pessoas gostam de ti', other: '# pessoas gostam de ti' }),
    body: 'Vê quem pode ser.',
  }),
  call_missed: ({ name, data }) => ({
    title: data.type === 'video' ? 'Videochamada perdida' : 'Chamada perdida',
    body: `${name} tentou falar contigo.`,
  }),
  group_added: ({ name, data }) => ({ title: 'Estás num grupo novo', body: `${name} adicionou-te a «${data.name}».` }),
  message_received: ({ name, count, media }) => ({
    title: name,
    body:
      media !== null
        ? sent[media]
        : count === 1
          ? 'Enviou-te uma mensagem'
          : many(count, { one: '# mensagem nova', many: '# de mensagens novas', other: '# mensagens novas' }),
  }),
};

export const ptMail: MailWords = {
  open: 'Abrir o Heartline',
  why: 'Recebes este e-mail por causa da tua conta no Heartline. Nas definições podes escolher que e-mails recebes.',
};
