import type { Person, Photo, ReportCategory } from '@app/api-client';
import { type ReportableMessage, useReports } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { SwitchRow } from '../../design/choices';
import { SelectField, TextArea } from '../../design/field';
import { notify, notifyError } from '../../design/notices';
import { Sheet } from '../../design/sheet';
import { useTexts } from '../../language/use-texts';
import { reportCategories } from './categories';

interface ReportSheetProps {
  person: Person;
  open: boolean;
  onOpen(open: boolean): void;
  /** Messages that go along as evidence. */
  messageIds?: readonly string[];
  /** Those messages as they are shown, so that what the service cannot read of them goes along. */
  messages?: readonly ReportableMessage[];
  /** Photos that one can point at. */
  photos?: readonly Photo[];
  /** Those of them that it is about; one can think better of it. */
  pointedAt?: readonly string[];
  /** Whether the page is another's than that person's, so that one stays where one is. */
  stays?: boolean;
  onSent?(): void;
}

/** Tells the moderators about someone; whoever is blocked in the same go has no page any more, and it is left. */
export function ReportSheet({
  person,
  open,
  onOpen,
  messageIds = [],
  messages = [],
  photos = [],
  pointedAt = [],
  stays = false,
  onSent,
}: ReportSheetProps) {
  const t = useTexts('reports');
  const { report, openedIn } = useReports();
  const navigate = useNavigate();
  const [pending, setPending] = useState(false);
  const [category, setCategory] = useState<ReportCategory | ''>('');
  const [text, setText] = useState('');
  const [photoIds, setPhotoIds] = useState(pointedAt);
  const [withFiles, setWithFiles] = useState(false);
  const [alsoBlock, setAlsoBlock] = useState(false);
  const name = person.displayName;
  // What this device cannot open stays encrypted here as well.
  const hasSecretFiles = messages.some(({ envelope, media }) => envelope !== null && media !== null && media.kind !== 'encrypted');
  const isEvident = messageIds.length + photoIds.length > 0;

  async function send() {
    if (category === '') return;
    setPending(true);
    try {
      const opened = await openedIn(messages, { withFiles });
      const evidence = isEvident ? { evidence: { messageIds: [...messageIds], opened, photoIds: [...photoIds] } } : {};
      await report({ userId: person.id, category, text, alsoBlock, ...evidence });
      onOpen(false);
      setCategory('');
      setText('');
      setPhotoIds(pointedAt);
      setWithFiles(false);
      onSent?.();
      notify({ tone: 'good', title: t('sent') });
      if (alsoBlock && !stays) await navigate({ to: '/discover' });
    } catch (error) {
      notifyError(error);
    } finally {
      setPending(false);
    }
  }

  return (
    <Sheet
      open={open}
      onOpen={onOpen}
      title={t('title', { name })}
      description={t('private', { name })}
      footer={
        <Button className="w-full" pending={pending} disabled={category === ''} onClick={() => void send()}>
          {t('send')}
        </Button>
      }
    >
      <div className="grid gap-4">
        {messageIds.length > 0 && (
          <p className="rounded-2xl bg-sunken px-4 py-3 font-medium">{t('withMessages', { count: messageIds.length })}</p>
        )}
        {hasSecretFiles && <SwitchRow label={t('withFiles')} hint={t('withFilesHint')} checked={withFiles} onChecked={setWithFiles} />}
        <SelectField<ReportCategory>
          label={t('what')}
          placeholder={t('chooseWhat')}
          choices={reportCategories.map((value) => ({ value, label: t(`categories.${value}`) }))}
          value={category}
          onValue={setCategory}
        />
        <TextArea label={t('text')} hint={t('textHint')} maxLength={2_000} value={text} onChange={({ target }) => setText(target.value)} />
        {photos.length > 0 && <PhotoChoice photos={photos} chosen={photoIds} onChosen={setPhotoIds} />}
        <SwitchRow label={t('alsoBlock', { name })} hint={t('alsoBlockHint')} checked={alsoBlock} onChecked={setAlsoBlock} />
      </div>
    </Sheet>
  );
}

interface PhotoChoiceProps {
  photos: readonly Photo[];
  chosen: readonly string[];
  onChosen(ids: readonly string[]): void;
}

function PhotoChoice({ photos, chosen, onChosen }: PhotoChoiceProps) {
  const t = useTexts('reports');
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-semibold">{t('photos')}</legend>
      <div className="grid grid-cols-4 gap-2">
        {photos.map(({ id, urls, color }, index) => (
          <label
            key={id}
            className="group relative block cursor-pointer overflow-hidden rounded-xl has-focus-visible:outline-[2.5px] has-focus-visible:outline-focus"
          >
            <input
              type="checkbox"
              aria-label={t('photo', { number: index + 1 })}
              className="absolute inset-0 size-full cursor-pointer opacity-0"
              checked={chosen.includes(id)}
              onChange={({ target }) => onChosen(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
            />
            <img src={urls.small} alt="" className="aspect-square w-full object-cover" style={{ backgroundColor: color }} />
            <span className="absolute top-1.5 right-1.5 grid size-6 place-items-center rounded-full border-2 border-white bg-night/45 text-white group-has-checked:bg-heart">
              <Check className="hidden size-4 group-has-checked:block" aria-hidden="true" />
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
