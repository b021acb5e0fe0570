import type { Person } from '@app/api-client';
import type { ChatMessage, UseChatResult, UseGroupResult } from '@app/api-client/react';
import { ArrowDown, RotateCw } from 'lucide-react';
import { type Ref, useCallback, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { Button } from '../../design/button';
import { cx } from '../../design/cx';
import { Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { noteText } from '../groups/note-text';
import { PersonAvatar } from '../people/person-or-gone';
import { Bubble, type BubbleActions } from './bubble';
import { groupMessages } from './group-messages';
import { showRow, useThreadScroll } from './use-thread-scroll';

/** The first message that was unread when the conversation was opened; it stays marked while one reads on, and as older ones come in. */
function useFirstUnread({ conversation, messages }: UseChatResult): string | undefined {
  const [readSeq] = useState(() => conversation?.members[0]?.readSeq ?? 0);
  const [newest] = useState(() => messages.findLast(({ seq }) => seq !== null)?.seq ?? 0);
  return messages.find(({ kind, mine, seq }) => kind !== 'system' && !mine && seq !== null && seq > readSeq && seq <= newest)?.key;
}

interface ThreadProps extends Omit<BubbleActions, 'onJump'> {
  chat: UseChatResult;
  /** What the other one or the group is called. */
  name: string;
  /** Someone who writes here; null: who is not seen, or has deleted their account. */
  personOf(userId: string): Person | null;
  /** What somebody here is called by whoever is looking. */
  nameOfSender(userId: string): string;
  /** Who else has read as far as that; null between two people, where each message says it. */
  readersOf: UseGroupResult['readersOf'] | null;
  /** Given what shows a message, wherever it stands. */
  jumper: Ref<(messageId: string, seq: number) => void>;
  /** The place of the message to begin with, if not the newest. */
  around: number | undefined;
  /** Shows a message that is not loaded, or the newest ones. */
  onGo(around: number | undefined): void;
  /** What is chosen, while one chooses; else null. */
  chosen: readonly string[] | null;
  onAtNewest(atNewest: boolean): void;
}

/** The messages of a conversation. Mount it when the first ones are there. */
export function Thread({
  chat,
  name,
  personOf,
  nameOfSender,
  readersOf,
  jumper,
  around,
  onGo,
  chosen,
  onAtNewest,
  ...actions
}: ThreadProps) {
  const { messages, hasOlder, isLoadingOlder, loadOlder, hasNewer, isLoadingNewer, loadNewer, typing, error } = chat;
  const t = useTexts('chat');
  const { dayName } = useFormats();
  const now = useNow(60_000);
  const frame = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const unreadLine = useRef<HTMLDivElement>(null);
  const firstUnread = useFirstUnread(chat);
  const parts = useMemo(() => groupMessages(messages, firstUnread), [messages, firstUnread]);
  const scroll = useThreadScroll({
    frame,
    content,
    messages,
    startAt: unreadLine,
    startSeq: around,
    // What has failed is tried again when it is asked for, not by itself over and over.
    hasOlder: hasOlder && !error,
    isLoadingOlder,
    loadOlder,
    hasNewer: hasNewer && !error,
    isLoadingNewer,
    loadNewer,
    onAtNewest,
  });

  const groupWords = useTexts('groups');
  const isGroup = readersOf !== null;
  const jump = useCallback(
    (messageId: string, seq: number) => {
      const row = frame.current?.querySelector(`[data-message="${CSS.escape(messageId)}"]`);
      if (row) showRow(row);
      else onGo(seq);
    },
    [onGo],
  );
  useImperativeHandle(jumper, () => jump, [jump]);

  return (
    <div className="relative min-h-0 grow">
      <section
        ref={frame}
        onScroll={scroll.onScroll}
        aria-label={t('thread.label', { name })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by the keyboard
        tabIndex={0}
        className="scroll-quiet absolute inset-0 overflow-y-auto overscroll-contain px-4 outline-offset-[-3px] [overflow-anchor:none] sm:px-6"
      >
        <div ref={content} className="mx-auto flex min-h-full max-w-3xl flex-col justify-end gap-1 py-4">
          {isLoadingOlder && (
            <Loading className="grid gap-2 py-2">
              <Skeleton className="h-9 w-1/2" />
              <Skeleton className="h-9 w-2/5 justify-self-end" />
            </Loading>
          )}
          {error && hasOlder && !isLoadingOlder && (
            <Button
              variant="plain"
              size="sm"
              className="self-center"
              icon={<RotateCw className="size-4" />}
              onClick={() => void loadOlder()}
            >
              {t('thread.older')}
            </Button>
          )}
          {parts.map((part) => {
            if (part.kind === 'day') {
              return (
                <p key={part.key} className="my-4 self-center rounded-full bg-sunken px-3.5 py-1 text-xs font-semibold text-ink-soft">
                  {dayName(part.iso, now)}
                </p>
              );
            }
            if (part.kind === 'unread') {
              return (
                <div key={part.key} ref={unreadLine} className="my-3 flex items-center gap-3 text-xs font-bold text-heart-ink">
                  <span className="h-px grow bg-heart/40" /> {t('thread.new')} <span className="h-px grow bg-heart/40" />
                </div>
              );
            }
            if (part.kind === 'note') {
              const { system, senderId } = part.message;
              return (
                <p key={part.key} className="my-2 max-w-md self-center px-4 text-center text-xs text-ink-soft">
                  {system && noteText(system, senderId, nameOfSender, groupWords)}
                </p>
              );
            }
            const senderId = part.messages[0]?.senderId ?? '';
            return (
              <div key={part.key} className={cx('mt-2 flex gap-2', part.mine && 'justify-end')}>
                {!part.mine && <PersonAvatar person={personOf(senderId)} className="mb-5.5 size-7 self-end" />}
                <div className="flex min-w-0 grow flex-col gap-0.5">
                  <p className={isGroup && !part.mine ? 'truncate px-4 text-xs font-bold text-heart-ink' : 'sr-only'}>
                    {nameOfSender(senderId)}
                    <span className="sr-only">:</span>
                  </p>
                  {part.messages.map((message, index) => (
                    <Bubble
                      key={message.key}
                      message={message}
                      isOpen={chat.conversation?.open === true}
                      nameOfSender={nameOfSender}
                      onJump={jump}
                      isFirst={index === 0}
                      isLast={index === part.messages.length - 1}
                      isChosen={chosen === null || message.id === null ? null : chosen.includes(message.id)}
                      {...actions}
                    />
                  ))}
                </div>
              </div>
            );
          })}
          {isLoadingNewer && (
            <Loading className="grid gap-2 py-2">
              <Skeleton className="h-9 w-1/2" />
            </Loading>
          )}
          {readersOf && !hasNewer && <ReadBy chat={chat} readersOf={readersOf} />}
          <Typists people={typing.flatMap((userId) => personOf(userId) ?? [])} />
        </div>
      </section>
      <JumpButton visible={!scroll.atNewest} missed={scroll.missed} onJump={() => (hasNewer ? onGo(undefined) : scroll.jumpToNewest())} />
      <Heard messages={messages} nameOfSender={nameOfSender} />
    </div>
  );
}

/** Under the newest message, where it is one's own: who else in the group has read it. */
function ReadBy({ chat: { messages, conversation }, readersOf }: { chat: UseChatResult; readersOf: UseGroupResult['readersOf'] }) {
  const t = useTexts('groups');
  const last = messages.findLast(({ kind }) => kind !== 'system');
  if (!last?.mine || last.seq === null) return null;
  const readers = readersOf(last.seq, last.senderId).length;
  if (readers === 0) return null;
  const isAll = readers + 1 === conversation?.memberCount;
  return <p className="self-end px-1 text-xs text-heart-ink">{isAll ? t('readByAll') : t('readBy', { count: readers })}</p>;
}

function Typists({ people }: { people: readonly Person[] }) {
  const t = useTexts('chat');
  return (
    <div role="status">
      {people.map((person) => (
        <div key={person.id} className="mt-2 flex animate-appear items-end gap-2">
          <PersonAvatar person={person} className="size-7" />
          <span className="sr-only">{t('isTyping', { name: person.displayName })}</span>
          <span className="flex gap-1 rounded-[1.3rem] border border-line bg-surface px-4 py-3.5" aria-hidden="true">
            {[0, 160, 320].map((delay) => (
              <span
                key={delay}
                className="size-2 animate-[typing-dot_1.1s_ease-in-out_infinite] rounded-full bg-ink-soft"
                style={{ animationDelay: `${delay}ms` }}
              />
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}

function JumpButton({ visible, missed, onJump }: { visible: boolean; missed: number; onJump(): void }) {
  const t = useTexts('chat');
  if (!visible) return null;
  return (
    <button
      type="button"
      aria-label={missed > 0 ? t('thread.jumpNew', { count: missed }) : t('thread.jump')}
      onClick={onJump}
      className="absolute right-4 bottom-3 flex min-h-11 min-w-11 animate-pop items-center justify-center gap-2 rounded-full border border-line bg-raised px-3 font-semibold shadow-float transition-colors hover:bg-sunken"
    >
      {missed > 0 && <span className="pl-1 text-sm">{t('thread.countNew', { count: missed })}</span>}
      <ArrowDown className="size-5" aria-hidden="true" />
    </button>
  );
}

/** Reads out what others say while the conversation is open; not what was there before. */
function Heard({ messages, nameOfSender }: { messages: readonly ChatMessage[]; nameOfSender(userId: string): string }) {
  const last = messages.at(-1);
  const [opening] = useState(last?.key);
  return (
    <p className="sr-only" aria-live="polite">
      {last && !last.mine && last.key !== opening && last.text !== null ? `${nameOfSender(last.senderId)}: ${last.text}` : ''}
    </p>
  );
}
