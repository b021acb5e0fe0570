import { maxTextLength } from '@app/api-client';
import { Check, ImagePlus, SendHorizontal, X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { IconButton } from '../../design/button';
import { cx } from '../../design/cx';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { EmojiButton } from '../emoji/emoji-button';
import { type AttachmentDesk, AttachmentTray, attachable } from './attachments';
import { useVoice, VoiceBar, VoiceButton } from './voice-recorder';
import { canRecord, type VoiceMessage } from './voice-recording';

interface ComposerProps {
  /** What is being written. */
  text: string;
  onText(text: string): void;
  /** The text of the message that is being changed, instead of writing a new one. */
  editing: string | null;
  /** What is being answered. */
  replying: { name: string; text: string } | null;
  onSend(): void;
  /** Photos and videos that go with what is written. */
  attachments: AttachmentDesk;
  /** Something was spoken, to be sent at once. */
  onVoice(voice: VoiceMessage): void;
  onCancelEdit(): void;
  onCancelReply(): void;
  /** ↑ in an empty field: change what was said last. */
  onEditLast(): void;
  onLeave(): void;
}

/** How near to the longest text the count is shown. In characters. */
const countFrom = 300;

/** A field that grows with what is written. Enter sends, Shift and Enter begins a line. */
export function Composer({
  text,
  onText,
  editing,
  replying,
  onSend,
  attachments,
  onVoice,
  onCancelEdit,
  onCancelReply,
  onEditLast,
  onLeave,
}: ComposerProps) {
  const t = useTexts('chat');
  const words = useTexts('words');
  const { number } = useFormats();
  const field = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const left = maxTextLength - text.trim().length;
  const hasFiles = editing === null && attachments.attached.length > 0;
  const isWritten = text.trim() !== '';
  const canSend = (isWritten || hasFiles) && left >= 0 && (editing === null || text.trim() !== editing);
  const voice = useVoice(onVoice);
  const isSpeaking = voice.phase.is !== 'idle';
  const isHeld = voice.phase.is === 'asking' || (voice.phase.is === 'recording' && voice.phase.held !== null);
  const maySpeak = editing === null && !isWritten && !hasFiles && canRecord();

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  useEffect(() => {
    if (editing === null) return;
    field.current?.focus();
    field.current?.setSelectionRange(editing.length, editing.length);
  }, [editing]);

  useEffect(() => {
    if (replying !== null) field.current?.focus();
  }, [replying]);

  function onKeyDown(event: KeyboardEvent) {
    // While an input method composes a character, Enter belongs to it.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (canSend) onSend();
    } else if (event.key === 'Escape' && editing !== null) {
      onCancelEdit();
    } else if (event.key === 'Escape' && replying !== null) {
      onCancelReply();
    } else if (event.key === 'ArrowUp' && text === '' && editing === null) {
      event.preventDefault();
      onEditLast();
    }
  }

  /** Puts it where one is writing, in place of what is selected there. The field tells of it as of what is typed. */
  function insert(emoji: string) {
    const element = field.current;
    element?.setRangeText(emoji, element.selectionStart, element.selectionEnd, 'end');
    element?.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  /** A picture that was copied is attached; of words that come with one, as from a page, the words count. */
  function onPaste(event: ClipboardEvent) {
    const pasted = [...event.clipboardData.files];
    if (editing !== null || pasted.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    attachments.attach(pasted);
  }

  return (
    <form
      className="safe-bottom border-t border-line bg-surface"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) onSend();
      }}
    >
      {editing !== null && (
        <div className="mx-auto flex max-w-3xl items-center gap-2 px-5 pt-2 text-sm">
          <p className="min-w-0 grow truncate">
            <span className="font-bold text-heart-ink">{t('composer.editing')}</span> <span className="text-ink-soft">{editing}</span>
          </p>
          <IconButton label={t('composer.cancelEditing')} size="sm" onClick={onCancelEdit}>
            <X className="size-4" aria-hidden="true" />
          </IconButton>
        </div>
      )}
      {editing === null && replying !== null && (
        <div className="mx-auto flex max-w-3xl items-center gap-2 px-5 pt-2 text-sm">
          <p className="min-w-0 grow truncate border-l-[3px] border-heart pl-2.5">
            <span className="font-bold text-heart-ink">{t('composer.replying', { name: replying.name })}</span>{' '}
            <span className="text-ink-soft">{replying.text}</span>
          </p>
          <IconButton label={t('composer.cancelReply')} size="sm" onClick={onCancelReply}>
            <X className="size-4" aria-hidden="true" />
          </IconButton>
        </div>
      )}
      {editing === null && <AttachmentTray desk={attachments} />}
      <div className="mx-auto flex max-w-3xl items-end gap-2 px-3 py-2.5 sm:px-5">
        {isSpeaking && <VoiceBar desk={voice} />}
        {!isSpeaking && editing === null && (
          <>
            <input
              ref={files}
              type="file"
              multiple
              hidden
              accept={attachable.join()}
              onChange={({ target }) => {
                attachments.attach([...(target.files ?? [])]);
                field.current?.focus();
                target.value = '';
              }}
            />
            <IconButton label={t('media.attach')} onClick={() => files.current?.click()}>
              <ImagePlus className="size-5.5" aria-hidden="true" />
            </IconButton>
          </>
        )}
        <div className={cx('relative min-w-0 grow', isSpeaking && 'hidden')}>
          <textarea
            ref={field}
            rows={1}
            aria-label={t('composer.label')}
            placeholder={t(hasFiles ? 'attach.caption' : 'composer.placeholder')}
            value={text}
            enterKeyHint="send"
            onChange={({ target }) => onText(target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onBlur={onLeave}
            className="scroll-quiet block max-h-40 min-h-11 w-full resize-none rounded-[1.4rem] border border-line-strong bg-paper py-2.5 pr-11 pl-4 text-base leading-snug placeholder:text-ink-soft/80 focus:border-focus focus:ring-[3px] focus:ring-focus/25 focus:outline-none"
          />
          <div className="absolute right-0 bottom-0">
            <EmojiButton field={field} onPick={insert} written={text} />
          </div>
          {left < countFrom && (
            <span
              className={cx(
                'absolute right-11 bottom-1 text-xs font-semibold tabular-nums',
                left < 0 ? 'text-danger-ink' : 'text-ink-soft',
              )}
              role="status"
            >
              {left < 0 ? t('composer.tooMany', { count: -left }) : number(left)}
            </span>
          )}
        </div>
        {maySpeak ? (
          // It stays where it is while it is held: what follows the finger must not go away under it.
          (!isSpeaking || isHeld) && <VoiceButton desk={voice} />
        ) : (
          <IconButton label={editing === null ? t('composer.send') : words('save')} type="submit" variant="primary" disabled={!canSend}>
            {editing === null ? (
              <SendHorizontal className="size-5" aria-hidden="true" />
            ) : (
              <Check className="size-5" strokeWidth={2.6} aria-hidden="true" />
            )}
          </IconButton>
        )}
      </div>
    </form>
  );
}
