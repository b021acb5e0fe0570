import type { Conversation } from '@app/api-client';
import { Link } from '@tanstack/react-router';
import { LockKeyhole, Phone, Video } from 'lucide-react';
import { IconButton } from '../../design/button';
import { cx } from '../../design/cx';
import { BackLink } from '../../design/page';
import { useTexts } from '../../language/use-texts';
import { useStartCall } from '../calls/callee';
import { SecrecySheet } from '../encryption/secrecy-sheet';
import { PersonAvatar, useNameOf } from '../people/person-or-gone';
import { PresenceDot, usePresenceText } from '../presence/presence';
import { ConversationMenu } from './conversation-menu';

export function BackToChats({ className }: { className?: string }) {
  const t = useTexts('chat');
  return <BackLink to="/chats" label={t('backToChats')} className={cx('lg:hidden', className)} />;
}

interface ChatHeaderProps {
  conversation: Conversation;
  isTyping: boolean;
  /** Whether what the two compare is shown, or what it is to have it encrypted. */
  isSecrecyOpen: boolean;
  onSecrecy(open: boolean): void;
  /** Begins to choose what the moderators should see. */
  onReport(): void;
}

/** Who one is talking to, and the ways to call them. */
export function ChatHeader({ conversation, isTyping, isSecrecyOpen, onSecrecy, onReport }: ChatHeaderProps) {
  const { person, open, encryptedAt } = conversation;
  const t = useTexts('chat');
  const encryption = useTexts('encryption');
  const { isFree, startCall } = useStartCall();
  const nameOf = useNameOf();
  const presence = usePresenceText(person?.id);
  const who = (
    <>
      <span className="relative shrink-0">
        <PersonAvatar person={person} className="size-10" />
        <PresenceDot userId={person?.id} className="size-3" />
      </span>
      <span className="grid min-w-0">
        <span className="flex min-w-0 items-center gap-1.5">
          <h1 className="truncate text-lg leading-tight font-bold">{nameOf(person)}</h1>
          {encryptedAt !== null && <LockKeyhole className="size-4 shrink-0 text-ink-soft" role="img" aria-label={encryption('on')} />}
        </span>
        {person && (
          <span className="truncate text-sm text-ink-soft">
            {isTyping ? t('typing') : (presence ?? [person.age, person.city].filter(Boolean).join(', '))}
          </span>
        )}
      </span>
    </>
  );
  const place = 'flex min-w-0 grow items-center gap-3 rounded-2xl py-1 pr-2';
  return (
    <header className="flex h-16 shrink-0 items-center gap-1 border-b border-line bg-surface px-3 sm:px-5">
      <BackToChats className="ml-0" />
      {person ? (
        <Link to="/people/$userId" params={{ userId: person.id }} className={cx(place, 'transition-opacity hover:opacity-80')}>
          {who}
        </Link>
      ) : (
        <div className={place}>{who}</div>
      )}
      {person && open && (
        <>
          <IconButton label={t('audioCall')} disabled={!isFree} onClick={() => startCall(person, 'audio')}>
            <Phone className="size-5.5" aria-hidden="true" />
          </IconButton>
          <IconButton label={t('videoCall')} disabled={!isFree} onClick={() => startCall(person, 'video')}>
            <Video className="size-6" aria-hidden="true" />
          </IconButton>
        </>
      )}
      <ConversationMenu
        conversation={conversation}
        onReport={person ? onReport : undefined}
        onSecrecy={person && (open || encryptedAt !== null) ? () => onSecrecy(true) : undefined}
      />
      {person && <SecrecySheet conversation={conversation} person={person} open={isSecrecyOpen} onOpen={onSecrecy} />}
    </header>
  );
}
