import type { ChatMessage } from '@app/api-client/react';
import { Ban, Check, CheckCheck, Clock3, Ellipsis, EyeOff, LockKeyhole, Pencil, Pin, PinOff, Reply, Trash2 } from 'lucide-react';
import { memo, type PointerEvent, useRef, useState } from 'react';
import { cx } from '../../design/cx';
import { Menu, MenuItem } from '../../design/menu';
import { useErrorText } from '../../language/error-text';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { isOnlyEmoji, piecesOf } from './group-messages';
import { MediaView } from './media-view';
import { ReactionPicks, Reactions } from './reactions';
import { isClosed, isGone, spokenMessage } from './spoken-message';

export interface BubbleActions {
  onReply(message: ChatMessage): void;
  /** Null takes one's own reaction back. */
  onReact(messageId: string, emoji: string | null): void;
  /** Shows every emoji to react with, beside what was pressed for it. */
  onReactWithAny(message: ChatMessage, beside: HTMLElement | null): void;
  onPin(messageId: string, pinned: boolean): void;
  /** Shows the message that another one answers, which stands at this place. */
  onJump(messageId: string, seq: number): void;
  onEdit(message: ChatMessage): void;
  onDelete(message: ChatMessage): void;
  /** Deletes it for oneself. */
  onHide(message: ChatMessage): void;
  onRetry(clientId: string): void;
  onDiscard(clientId: string): void;
  onChoose(messageId: string): void;
  /** Shows who has read a message of one's own. */
  onReceipts(message: ChatMessage): void;
}

function Text({ text }: { text: string }) {
  return piecesOf(text).map(({ text: piece, href }, index) =>
    href ? (
      <a key={index} href={href} target="_blank" rel="noopener noreferrer nofollow" className="underline underline-offset-2">
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}

/** Long pressing stands for the button that only a mouse can find. In milliseconds. */
const longPress = 450;

function useLongPress(onPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => clearTimeout(timer.current);
  return {
    onPointerDown(event: PointerEvent) {
      stop();
      if (event.pointerType === 'touch') timer.current = setTimeout(onPress, longPress);
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onPointerMove: stop,
  };
}

interface BubbleProps extends BubbleActions {
  message: ChatMessage;
  /** Whether anything can still be written here. */
  isOpen: boolean;
  /** Whether it is for several: then it is read once all have read it. */
  isGroup: boolean;
  /** What somebody in the conversation is called by whoever is looking. */
  nameOfSender(userId: string): string;
  /** Its place in what one person said in one breath. */
  isFirst: boolean;
  isLast: boolean;
  /** Whether it is among what is chosen; null while nothing is. */
  isChosen: boolean | null;
}

export const Bubble = memo(function Bubble({
  message,
  isOpen,
  isGroup,
  nameOfSender,
  isFirst,
  isLast,
  isChosen,
  onReply,
  onReact,
  onReactWithAny,
  onPin,
  onJump,
  onEdit,
  onDelete,
  onHide,
  onRetry,
  onDiscard,
  onChoose,
  onReceipts,
}: BubbleProps) {
  const t = useTexts('chat');
  const encryption = useTexts('encryption');
  const { dateAndTime } = useFormats();
  const describe = useErrorText();
  const { text, mine, delivery, clientId, replyTo, editedAt, pinnedAt, createdAt } = message;
  const [menuOpen, setMenuOpen] = useState(false);
  const isChoosing = isChosen !== null;
  const gone = isGone(message);
  const stands = message.id !== null && !gone && !isChoosing;
  const canChange = mine && stands;
  const hasMenu = message.id !== null && !isChoosing;
  const react = (emoji: string | null) => message.id !== null && onReact(message.id, emoji);
  const more = useRef<HTMLButtonElement>(null);
  const pressing = useLongPress(() => setMenuOpen(true));
  const closed = isClosed(message);
  const isFailed = delivery === 'failed';
  const isBig = text !== null && message.media === null && replyTo === null && isOnlyEmoji(text);
  return (
    <div
      data-message={message.id}
      data-seq={message.seq}
      className={cx('group/row relative flex flex-col', mine ? 'items-end' : 'items-start', isChosen && 'rounded-2xl bg-heart-soft')}
    >
      <div className={cx('flex max-w-[84%] items-center gap-1 sm:max-w-[72%]', mine && 'flex-row-reverse')}>
        <div
          title={dateAndTime(createdAt)}
          {...(hasMenu && pressing)}
          className={cx(
            'min-w-0 rounded-[1.3rem] wrap-anywhere whitespace-pre-wrap',
            isBig ? 'px-1 py-0.5 text-5xl leading-tight' : 'px-4 py-2 text-[0.9688rem] leading-[1.4]',
            !isBig && !gone && (mine ? 'bg-plum text-on-plum' : 'border border-line bg-surface text-ink'),
            gone && 'border border-dashed border-line-strong text-ink-soft italic',
            !isFirst && (mine ? 'rounded-tr-md' : 'rounded-tl-md'),
            !isLast && (mine ? 'rounded-br-md' : 'rounded-bl-md'),
            isFailed && 'opacity-70 outline-2 outline-danger',
            delivery === 'queued' && 'opacity-75',
            hasMenu && 'select-none hoverable:select-text',
          )}
        >
          {replyTo && !gone && <Quote quote={replyTo} name={nameOfSender(replyTo.senderId)} mine={mine} onJump={onJump} />}
          {message.media !== null && !gone && <MediaView message={message} onCancel={() => onDiscard(clientId)} />}
          {gone ? (
            <span className="flex items-center gap-1.5">
              {closed ? (
                <LockKeyhole className="size-4 shrink-0" aria-hidden="true" />
              ) : (
                <Ban className="size-4 shrink-0" aria-hidden="true" />
              )}{' '}
              {closed ? encryption('unreadable') : t('deleted')}
            </span>
          ) : (
            text !== null && <Text text={text} />
          )}
          {editedAt && !gone && <span className={cx('ml-2 text-xs', mine ? 'text-on-plum-soft' : 'text-ink-soft')}>{t('edited')}</span>}
        </div>
        {hasMenu && (
          <Menu
            open={menuOpen}
            onOpen={setMenuOpen}
            trigger={
              <button
                ref={more}
                type="button"
                aria-label={t('moreOptions')}
                className="grid size-8 shrink-0 place-items-center rounded-full text-ink-soft opacity-0 transition-opacity group-hover/row:opacity-100 hover:bg-sunken focus-visible:opacity-100 data-[state=open]:opacity-100"
              >
                <Ellipsis className="size-5" aria-hidden="true" />
              </button>
            }
          >
            {isOpen && stands && (
              <>
                <ReactionPicks message={message} onReact={react} onMore={() => onReactWithAny(message, more.current)} />
                <MenuItem icon={<Reply />} onSelect={() => onReply(message)}>
                  {t('reply')}
                </MenuItem>
                <MenuItem
                  icon={pinnedAt === null ? <Pin /> : <PinOff />}
                  onSelect={() => message.id !== null && onPin(message.id, pinnedAt === null)}
                >
                  {pinnedAt === null ? t('pin') : t('unpin')}
                </MenuItem>
              </>
            )}
            {canChange && (
              <>
                <MenuItem icon={<CheckCheck />} onSelect={() => onReceipts(message)}>
                  {t('receipts.open')}
                </MenuItem>
                <MenuItem icon={<Pencil />} onSelect={() => onEdit(message)}>
                  {t('edit')}
                </MenuItem>
                <MenuItem icon={<Trash2 />} danger onSelect={() => onDelete(message)}>
                  {t('delete')}
                </MenuItem>
              </>
            )}
            <MenuItem icon={<EyeOff />} danger onSelect={() => onHide(message)}>
              {t('hide')}
            </MenuItem>
          </Menu>
        )}
      </div>
      <Reactions message={message} onReact={react} />
      {isFailed && (
        <p className="mt-1 flex flex-wrap items-center justify-end gap-x-3 text-sm text-danger-ink" role="alert">
          <span>{message.error ? t('notSentBecause', { why: describe(message.error).title }) : t('notSent')}</span>
          <button type="button" className="py-1 font-bold underline-offset-4 hover:underline" onClick={() => onRetry(clientId)}>
            {t('retry')}
          </button>
          <button type="button" className="py-1 font-bold underline-offset-4 hover:underline" onClick={() => onDiscard(clientId)}>
            {t('discard')}
          </button>
        </p>
      )}
      {isLast && !isFailed && <Meta message={message} isGroup={isGroup} />}
      {isChoosing && message.id !== null && (
        <Choice id={message.id} text={spokenMessage(message, t)} mine={mine} checked={isChosen} onChoose={onChoose} />
      )}
    </div>
  );
});

interface QuoteProps {
  quote: NonNullable<ChatMessage['replyTo']>;
  name: string;
  /** Whether it stands in a message of one's own. */
  mine: boolean;
  onJump(messageId: string, seq: number): void;
}

/** What a message answers. Pressed, it leads there. */
function Quote({ quote, name, mine, onJump }: QuoteProps) {
  const t = useTexts('chat');
  const { id, seq, text } = quote;
  return (
    <button
      type="button"
      onClick={() => onJump(id, seq)}
      className={cx(
        '-mx-1.5 mb-1.5 block w-[calc(100%+0.75rem)] rounded-xl border-l-[3px] px-2.5 py-1.5 text-left text-sm leading-snug transition-opacity hover:opacity-80',
        mine ? 'border-on-plum-soft bg-on-plum/12 text-on-plum' : 'border-heart bg-sunken text-ink',
      )}
    >
      <span className="sr-only">{t('answers')} </span>
      <span className={cx('block truncate font-bold', !mine && 'text-heart-ink')}>{name}</span>
      <span className={cx('line-clamp-2', text === null && 'italic', mine ? 'text-on-plum-soft' : 'text-ink-soft')}>
        {spokenMessage(quote, t)}
      </span>
    </button>
  );
}

interface ChoiceProps {
  id: string;
  text: string;
  mine: boolean;
  checked: boolean;
  onChoose(messageId: string): void;
}

/** Covers a message, so that all of it can be pressed to choose it. */
function Choice({ id, text, mine, checked, onChoose }: ChoiceProps) {
  const t = useTexts('reports');
  return (
    <label className="absolute inset-0 cursor-pointer rounded-2xl has-focus-visible:outline-[2.5px] has-focus-visible:outline-focus">
      <input
        type="checkbox"
        aria-label={`${t('chooseMessage')}: ${text}`}
        className="absolute inset-0 size-full cursor-pointer opacity-0"
        checked={checked}
        onChange={() => onChoose(id)}
      />
      <span
        aria-hidden="true"
        className={cx(
          'absolute top-2 grid size-6 place-items-center rounded-full border-2',
          mine ? 'left-1' : 'right-1',
          checked ? 'border-heart bg-heart text-on-heart' : 'border-line-strong bg-surface',
        )}
      >
        {checked && <Check className="size-4" />}
      </span>
    </label>
  );
}

const marks = {
  queued: Clock3,
  sending: Clock3,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
} as const;

/** When it was said, and how far one's own words have come. */
function Meta({ message: { mine, delivery, createdAt }, isGroup }: { message: ChatMessage; isGroup: boolean }) {
  const t = useTexts('chat');
  const { clockTime } = useFormats();
  const state = mine && delivery !== 'failed' ? delivery : undefined;
  const Icon = state && marks[state];
  return (
    <p className="flex items-center gap-1.5 px-1 pt-1 text-xs text-ink-soft tabular-nums">
      <time dateTime={createdAt}>{clockTime(createdAt)}</time>
      {state && Icon && (
        <span className={cx('flex items-center gap-1', delivery === 'read' && 'text-heart-ink')}>
          <Icon className="size-4" aria-hidden="true" />
          {isGroup && state === 'read'
            ? t('receipts.readByAll')
            : isGroup && state === 'delivered'
              ? t('receipts.deliveredToAll')
              : t(`delivery.${state}`)}
        </span>
      )}
    </p>
  );
}
