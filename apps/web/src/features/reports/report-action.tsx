import type { Person, ReportCategory } from '@app/api-client';
import { useReports } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { Flag } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { SwitchRow } from '../../design/choices';
import { SelectField, TextArea } from '../../design/field';
import { notify, notifyError } from '../../design/notices';
import { Sheet } from '../../design/sheet';
import { useTexts } from '../../language/use-texts';
import { reportCategories } from './categories';

/** Tells the moderators about someone; whoever is blocked in the same go has no page any more, and it is left. */
export function ReportAction({ person }: { person: Person }) {
  const t = useTexts('reports');
  const { report } = useReports();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [category, setCategory] = useState<ReportCategory | ''>('');
  const [text, setText] = useState('');
  const [alsoBlock, setAlsoBlock] = useState(false);
  const name = person.displayName;

  async function send() {
    if (category === '') return;
    setPending(true);
    try {
      await report({ userId: person.id, category, text, alsoBlock });
      setOpen(false);
      setCategory('');
      setText('');
      notify({ tone: 'good', title: t('sent') });
      if (alsoBlock) await navigate({ to: '/discover' });
    } catch (error) {
      notifyError(error);
    } finally {
      setPending(false);
    }
  }

  return (
    <>
      <Button
        variant="ghost-danger"
        size="sm"
        className="-ml-3 justify-self-start"
        icon={<Flag className="size-4" />}
        onClick={() => setOpen(true)}
      >
        {t('action')}
      </Button>
      <Sheet
        open={open}
        onOpen={setOpen}
        title={t('title', { name })}
        description={t('private', { name })}
        footer={
          <Button className="w-full" pending={pending} disabled={category === ''} onClick={() => void send()}>
            {t('send')}
          </Button>
        }
      >
        <div className="grid gap-4">
          <SelectField<ReportCategory>
            label={t('what')}
            placeholder={t('chooseWhat')}
            choices={reportCategories.map((value) => ({ value, label: t(`categories.${value}`) }))}
            value={category}
            onValue={setCategory}
          />
          <TextArea
            label={t('text')}
            hint={t('textHint')}
            maxLength={2_000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <SwitchRow label={t('alsoBlock', { name })} hint={t('alsoBlockHint')} checked={alsoBlock} onChecked={setAlsoBlock} />
        </div>
      </Sheet>
    </>
  );
}
