import { maxGroupNameLength } from '@app/api-client';
import { useConversations } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../design/button';
import { TextField } from '../../design/field';
import { notifyError } from '../../design/notices';
import { Sheet } from '../../design/sheet';
import { useTexts } from '../../language/use-texts';
import { ChoosePeople } from './choose-people';

/** Makes a group: what it is called, and who is in it. */
export function NewGroup({ open, onOpen }: { open: boolean; onOpen(open: boolean): void }) {
  const t = useTexts('groups');
  const { createGroup } = useConversations();
  const navigate = useNavigate();
  const form = useId();
  const [name, setName] = useState('');
  const [userIds, setUserIds] = useState<readonly string[]>([]);
  const [isMaking, setIsMaking] = useState(false);

  async function make(event: FormEvent) {
    event.preventDefault();
    setIsMaking(true);
    try {
      const { id } = await createGroup({ name: name.trim(), userIds: [...userIds] });
      onOpen(false);
      setName('');
      setUserIds([]);
      await navigate({ to: '/chats/$conversationId', params: { conversationId: id } });
    } catch (error) {
      notifyError(error);
    } finally {
      setIsMaking(false);
    }
  }

  return (
    <Sheet
      open={open}
      onOpen={onOpen}
      title={t('title')}
      footer={
        <Button type="submit" form={form} className="w-full" pending={isMaking} disabled={name.trim() === '' || userIds.length === 0}>
          {t('create')}
        </Button>
      }
    >
      <form id={form} onSubmit={(event) => void make(event)} className="grid gap-4">
        <TextField
          label={t('name')}
          placeholder={t('namePlaceholder')}
          value={name}
          maxLength={maxGroupNameLength}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="grid gap-1.5">
          <p className="text-sm font-semibold">{t('who')}</p>
          <ChoosePeople chosen={userIds} onChoose={setUserIds} />
        </div>
      </form>
    </Sheet>
  );
}
