import type { Conversation } from '@app/api-client';
import type { UseGroupResult } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { BellOff } from 'lucide-react';
import { useState } from 'react';
import { notifyError } from '../../design/notices';
import { Confirm } from '../../design/sheet';
import { useTexts } from '../../language/use-texts';
import { BackToChats } from '../chat/chat-header';
import { ConversationMenu } from '../chat/conversation-menu';
import { GroupAvatar } from './group-avatar';
import { PeopleSheet } from './people-sheet';

interface GroupHeaderProps {
  conversation: Conversation;
  group: UseGroupResult;
  /** What those are called who are typing. */
  typing: readonly string[];
}

/** Which group it is, who is in it, and what one can do with it. */
export function GroupHeader({ conversation, group, typing }: GroupHeaderProps) {
  const t = useTexts('groups');
  const chat = useTexts('chat');
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  const name = conversation.name ?? '';

  async function leave() {
    try {
      await group.leave();
      await navigate({ to: '/chats' });
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <header className="flex h-16 shrink-0 items-center gap-1 border-b border-line bg-surface px-3 sm:px-5">
      <BackToChats className="ml-0" />
      <button
        type="button"
        aria-label={t('openPeople', { name })}
        disabled={!conversation.open}
        onClick={() => setIsOpen(true)}
        className="flex min-w-0 grow items-center gap-3 rounded-2xl py-1 pr-2 text-left transition-opacity hover:opacity-80"
      >
        <GroupAvatar picture={conversation.picture} className="size-10" />
        <span className="grid min-w-0">
          <h1 className="flex items-center gap-1.5 text-lg leading-tight font-bold">
            <span className="truncate">{name}</span>
            {conversation.muted && <BellOff className="size-4 shrink-0 text-ink-soft" aria-label={t('muted')} />}
          </h1>
          <span className="truncate text-sm text-ink-soft">
            {typing.length > 0
              ? typing.map((one) => chat('isTyping', { name: one })).join(', ')
              : t('people', { count: conversation.memberCount })}
          </span>
        </span>
      </button>
      {conversation.open && <ConversationMenu conversation={conversation} onLeave={() => setIsLeaving(true)} />}
      <PeopleSheet open={isOpen} onOpen={setIsOpen} conversation={conversation} group={group} />
      <Confirm open={isLeaving} onOpen={setIsLeaving} title={t('leaveTitle', { name })} action={t('leave')} onConfirm={() => void leave()}>
        {t('leaveText')}
      </Confirm>
    </header>
  );
}
