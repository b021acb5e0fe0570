import type { Person } from '@app/api-client';
import type { ChatMessage, UseChatResult } from '@app/api-client/react';
import { ArrowDown, RotateCw } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { Button } from '../../design/button';
import { cx } from '../../design/cx';
import { Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { PersonAvatar, useNameOf } from '../people/person-or-gone';
import { Bubble, type BubbleActions } from './bubble';
import { groupMessages } from './group-messages';
import { useThreadScroll } from './use-thread-scroll';

/** The first message that was unread when the conversation was opened; it stays marked while one reads on, and as older ones come in. */
function useFirstUnread({ conversation, messages }: UseChatResult): string | undefined {
  const [readSeq] = useState(() => conversation?.members[0]?.readSeq ?? 0);
  const [newest] = useState(() => messages.findLast(({ seq }) => seq !== null)?.seq ?? 0);
  return messages.find(({ mine, seq }) => !mine && seq !== null && seq > readSeq && seq <= newest)?.key;
}

interface ThreadProps extends Omit<BubbleActions, 'onJump'> {
  chat: UseChatResult;
  /** Null: who has deleted their account. */
  person: Person | null;
  /** What is chosen, while one chooses; else null. */
  chosen: readonly string[] | null;
  onAtNewest(atNewest: boolean): void;
}

/** The messages of a conversation. Mount it when the first ones are there. */
export function Thread({ chat, person, chosen, onAtNewest, ...actions }: ThreadProps) {
  const { messages, hasOlder, isLoadingOlder, loadOlder, typing, error } = chat;
  const t = useTexts('chat');
  const { dayName } = useFormats();
  const name = useNameOf()(person);
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
    // What has failed is tried again when it is asked for, not by itself over and over.
    hasOlder: hasOlder && !error,
    isLoadingOlder,
    loadOlder,
    onAtNewest,
  });

  const myId = chat.conversation?.members[0]?.userId;
  const nameOfSender = useCallback((userId: string) => (userId === myId ? t('thread.you') : name), [myId, name, t]);
  const jump = useCallback((messageId: string) => {
    const row = frame.current?.querySelector(`[data-message="${CSS.escape(messageId)}"]`);
    row?.scrollIntoView({ block: 'center' });
    row?.animate([{ opacity: 0.25 }, { opacity: 1 }], { duration: 900, easing: 'ease-out' });
  }, []);

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
            return (
              <div key={part.key} className={cx('mt-2 flex gap-2', part.mine && 'justify-end')}>
                {!part.mine && <PersonAvatar person={person} className="mb-5.5 size-7 self-end" />}
                <div className="flex min-w-0 grow flex-col gap-0.5">
                  <p className="sr-only">{part.mine ? t('thread.you') : name}:</p>
                  {part.messages.map((message, index) => (
                    <Bubble
                      key={message.key}
                      message={message}
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
          {person && <TypingBubble person={person} isTyping={typing.includes(person.id)} />}
        </div>
      </section>
      <JumpButton visible={!scroll.atNewest} missed={scroll.missed} onJump={scroll.jumpToNewest} />
      <Heard messages={messages} name={name} />
    </div>
  );
}

function TypingBubble({ person, isTyping }: { person: Person; isTyping: boolean }) {
  const t = useTexts('chat');
  return (
    <div role="status">
      {isTyping && (
        <div className="mt-2 flex animate-appear items-end gap-2">
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
      )}
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

/** Reads out what the other one says while the conversation is open; not what was there before. */
function Heard({ messages, name }: { messages: readonly ChatMessage[]; name: string }) {
  const last = messages.at(-1);
  const [opening] = useState(last?.key);
  return (
    <p className="sr-only" aria-live="polite">
      {last && !last.mine && last.key !== opening && last.text !== null ? `${name}: ${last.text}` : ''}
    </p>
  );
}
