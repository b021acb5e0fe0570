import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  provider: {
    title: '{provider}, para desenvolvimento',
    text: 'Aqui não há nenhum fornecedor configurado: podes ser quem quiseres. Em produção isto não existe.',
    go: 'Ser esta pessoa',
  },
  open: 'Abrir a caixa de saída',
  title: 'Caixa de saída',
  text: 'Aqui não há fornecedor configurado, por isso nada sai: fica aqui para leres.',
  none: 'Ainda nada.',
} satisfies Translated<typeof english>;
