import { Smile } from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import { IconButton } from '../../design/button';
import { useTexts } from '../../language/use-texts';
import { EmojiPanel } from './emoji-panel';

interface EmojiButtonProps {
  /** Where one is writing. */
  field: RefObject<HTMLElement | null>;
  onPick(emoji: string): void;
  /** What has been written so far. */
  written: string;
}

/** Puts emoji into what is being written. */
export function EmojiButton({ field, onPick, written }: EmojiButtonProps) {
  const t = useTexts('emoji');
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton ref={button} label={t('add')} aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => setOpen(true)}>
        <Smile className="size-5.5" aria-hidden="true" />
      </IconButton>
      <EmojiPanel open={isOpen} onOpen={setOpen} title={t('title')} anchor={button} backTo={field} onPick={onPick} written={written} />
    </>
  );
}
