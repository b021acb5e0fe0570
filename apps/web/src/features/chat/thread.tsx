import type { Person } from '@app/api-client';
import type { ChatMessage, UseChatResult, UseGroupResult } from '@app/api-client/react';
import { ArrowDown, RotateCw } from 'lucide-react';
import { type Ref, useCallback, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { Button } from '../../design/button';
import { Loading, Skeleton } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { PersonAvatar } from '../people/person-or-gone';
import type { BubbleActions } from './bubble';
import { isGone, spokenMessage } from './spoken-message';
import { ThreadRowView } from './thread-row';
import { stepTo, threadRows } from './thread-rows';
import { useThreadScroll } from './use-thread-scroll';

/** So much is there above and below what is in view. In pixels. */
const beyondView = 600;

const none: readonly number[] = [];

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
  const frame = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const firstUnread = useFirstUnread(chat);
  const target = useMemo(() => threadRows(messages, { firstUnreadKey: firstUnread, hasOlder }), [messages, firstUnread, hasOlder]);
  const [shown, setShown] = useState(() => stepTo(target, target));
  if (shown.target !== target) setShown(stepTo(shown.rows, target));
  const { rows, shift } = shown;
  useLayoutEffect(() => {
    if (rows !== target) setShown(stepTo(rows, target));
  }, [rows, target]);

  const [start] = useState(() => {
    const sought = rows.findIndex((row) => row.kind === 'message' && row.message.seq === around);
    const index = sought === -1 ? rows.findIndex(({ kind }) => kind === 'unread') : sought;
    return index === -1 ? undefined : index;
  });
  /** The row that is to be brought into view. */
  const [sought, setSought] = useState(start === undefined ? undefined : rows[start]?.key);
  const scroll = useThreadScroll({
    frame,
    content,
    list,
    messages,
    start,
    // What has failed is tried again when it is asked for, not by itself over and over.
    hasOlder: hasOlder && !error,
    isLoadingOlder,
    loadOlder,
    hasNewer: hasNewer && !error,
    isLoadingNewer,
    loadNewer,
    onAtNewest,
  });

  const isGroup = readersOf !== null;
  // What the rows are given stays the same while messages come, so that those in view need not render again.
  const newest = useRef({ rows, begin: scroll.begin });
  useLayoutEffect(() => {
    newest.current = { rows, begin: scroll.begin };
  });
  const jump = useCallback(
    (messageId: string, seq: number) => {
      const { rows } = newest.current;
      const index = rows.findIndex((row) => row.kind === 'message' && row.message.id === messageId);
      if (index === -1) return onGo(seq);
      setSought(rows[index]?.key);
      list.current?.scrollToIndex(index, { align: 'center' });
    },
    [onGo],
  );
  const arrive = useCallback(() => {
    setSought(undefined);
    newest.current.begin();
  }, []);
  // What has the focus stays there, however far it is scrolled out of view.
  const [focused, setFocused] = useState<string>();
  const kept = focused === undefined ? -1 : rows.findIndex(({ key }) => key === focused);

  useImperativeHandle(jumper, () => jump, [jump]);

  return (
    <div className="relative min-h-0 grow">
      <section
        ref={frame}
        onScroll={scroll.onScroll}
        aria-label={t('thread.label', { name })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by the keyboard
        tabIndex={0}
        onFocus={({ target: element }) => setFocused(element.closest<HTMLElement>('[data-row]')?.dataset.row)}
        onBlur={() => setFocused(undefined)}
        className="scroll-quiet absolute inset-0 flex flex-col overflow-y-auto overscroll-contain px-4 outline-offset-[-3px] [overflow-anchor:none] sm:px-6"
      >
        <div className="grow" />
        <div ref={content} className="mx-auto flex w-full max-w-3xl flex-col pb-4">
          <Virtualizer
            ref={list}
            scrollRef={frame}
            data={rows}
            shift={shift}
            bufferSize={beyondView}
            keepMounted={kept === -1 ? none : [kept]}
          >
            {(row) => (
              <ThreadRowView
                key={row.key}
                row={row}
                isSought={row.key === sought}
                onSought={arrive}
                isOpen={chat.conversation?.open === true}
                isGroup={isGroup}
                personOf={personOf}
                nameOfSender={nameOfSender}
                isChosen={row.kind !== 'message' || chosen === null || row.message.id === null ? null : chosen.includes(row.message.id)}
                onJump={jump}
                {...actions}
              />
            )}
          </Virtualizer>
          {isLoadingNewer && (
            <Loading className="grid gap-2 py-2">
              <Skeleton className="h-9 w-1/2" />
            </Loading>
          )}
          {readersOf && !hasNewer && <ReadBy messages={messages} readersOf={readersOf} onReceipts={actions.onReceipts} />}
          <Typists people={typing.flatMap((userId) => personOf(userId) ?? [])} />
        </div>
      </section>
      <div className="pointer-events-none absolute inset-x-0 top-2 flex justify-center">
        {isLoadingOlder && (
          <Loading className="w-40">
            <Skeleton className="h-6" />
          </Loading>
        )}
        {error && hasOlder && !isLoadingOlder && (
          <Button
            variant="plain"
            size="sm"
            className="pointer-events-auto shadow-float"
            icon={<RotateCw className="size-4" />}
            onClick={() => void loadOlder()}
          >
            {t('thread.older')}
          </Button>
        )}
      </div>
      <JumpButton visible={!scroll.atNewest} missed={scroll.missed} onJump={() => (hasNewer ? onGo(undefined) : scroll.jumpToNewest())} />
      <Heard messages={messages} nameOfSender={nameOfSender} />
    </div>
  );
}

interface ReadByProps {
  messages: readonly ChatMessage[];
  readersOf: UseGroupResult['readersOf'];
  onReceipts(message: ChatMessage): void;
}

/** Under the newest message, where it is one's own and not read by all yet: how many have read it. Pressed, it says who. */
function ReadBy({ messages, readersOf, onReceipts }: ReadByProps) {
  const t = useTexts('groups');
  const last = messages.findLast(({ kind }) => kind !== 'system');
  if (!last?.mine || last.seq === null || last.delivery === 'read') return null;
  const readers = readersOf(last.seq, last.senderId).length;
  if (readers === 0) return null;
  return (
    <button
      type="button"
      onClick={() => onReceipts(last)}
      className="relative self-end px-1 text-xs text-heart-ink underline-offset-4 after:absolute after:-inset-x-2 after:-inset-y-3 hover:underline"
    >
      {t('readBy', { count: readers })}
    </button>
  );
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
  const t = useTexts('chat');
  const last = messages.at(-1);
  const [opening] = useState(last?.key);
  return (
    <p className="sr-only" aria-live="polite">
      {last && !last.mine && last.key !== opening && !isGone(last) ? `${nameOfSender(last.senderId)}: ${spokenMessage(last, t)}` : ''}
    </p>
  );
}
