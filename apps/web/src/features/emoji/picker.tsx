import {
  EmojiPicker,
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  type SkinTone,
  useActiveEmoji,
  useSkinTone,
} from 'frimousse';
import { Apple, Cat, Flag, Hand, Hash, Lightbulb, type LucideIcon, Plane, Search, Smile, Trophy } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useTexts } from '../../language/use-texts';
import type { EmojiData } from './emojis';

/** Each is an eighth of the width. */
const columns = 8;

/** In the order in which Unicode lists its groups. */
const icons: readonly LucideIcon[] = [Smile, Hand, Cat, Apple, Plane, Trophy, Lightbulb, Hash, Flag];

const toneKey = 'heartline.emoji.tone';

interface PickerProps {
  emojis: EmojiData;
  /** Whether one begins by typing; a keyboard that comes up on a phone would cover what is there to choose from. */
  isTyped: boolean;
  onPick(emoji: string): void;
}

/** Every emoji, by name or by category. The arrow keys lead through them, and Enter takes one. */
export function Picker({ emojis, isTyped, onPick }: PickerProps) {
  const t = useTexts('emoji');
  const viewport = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const [initialTone] = useState(() => localStorage.getItem(toneKey));
  return (
    <EmojiPicker.Root
      locale={emojis.locale}
      resolveEmojiData={() => emojis}
      columns={columns}
      skinTone={Object.keys(emojis.skinTones).find((tone): tone is SkinTone => tone === initialTone)}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
      className="flex min-h-0 grow flex-col gap-2"
    >
      <div className="relative">
        <Search className="pointer-events-none absolute top-1/2 left-3.5 size-4.5 -translate-y-1/2 text-ink-soft" aria-hidden="true" />
        <EmojiPicker.Search
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          autoFocus={isTyped}
          aria-label={t('search')}
          placeholder={t('search')}
          className="h-11 w-full rounded-2xl border border-line-strong bg-surface pr-3 pl-10 text-base placeholder:text-ink-soft/80 focus:border-focus focus:ring-[3px] focus:ring-focus/25 focus:outline-none"
        />
      </div>
      {search === '' && <Categories emojis={emojis} onCategory={(index) => scrollTo(viewport.current, index)} />}
      <EmojiPicker.Viewport
        ref={viewport}
        tabIndex={0}
        aria-label={t('all')}
        role="group"
        className="scroll-quiet min-h-0 grow rounded-xl outline-offset-[-3px]"
      >
        <EmojiPicker.Empty>
          <p className="px-2 py-8 text-center text-ink-soft">{t('none')}</p>
        </EmojiPicker.Empty>
        <EmojiPicker.List aria-label={t('all')} className="select-none" components={{ CategoryHeader, Emoji: OneEmoji }} />
      </EmojiPicker.Viewport>
      <div className="flex items-center gap-2 border-t border-line pt-2">
        <Active />
        <Tones names={emojis.skinTones} />
      </div>
    </EmojiPicker.Root>
  );
}

/** Brings the beginning of a category to the top. The list measures where each begins, and keeps it to itself but for their places on the page. */
function scrollTo(viewport: HTMLElement | null, index: number): void {
  const headers = viewport?.querySelectorAll<HTMLElement>('[frimousse-list-sizer] > [frimousse-category]');
  viewport?.scrollTo({ top: headers?.[index]?.offsetTop ?? 0 });
}

/** Where each category begins, for who knows where to look. */
function Categories({ emojis, onCategory }: { emojis: EmojiData; onCategory(index: number): void }) {
  const t = useTexts('emoji');
  const shown = emojis.categories
    .map((category, place) => ({ ...category, Icon: icons[place] ?? Smile }))
    .filter(({ index }) => emojis.emojis.some(({ category }) => category === index));
  return (
    <nav aria-label={t('categories')} className="flex justify-between">
      {shown.map(({ index, label, Icon }, place) => (
        <button
          key={index}
          type="button"
          aria-label={label}
          title={label}
          onClick={() => onCategory(place)}
          className="grid h-10 grow place-items-center rounded-xl text-ink-soft transition-colors hover:bg-sunken hover:text-ink"
        >
          <Icon className="size-5" aria-hidden="true" />
        </button>
      ))}
    </nav>
  );
}

function CategoryHeader({ category, ...props }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div {...props} className="bg-raised px-1.5 py-1.5 text-xs font-bold text-ink-soft first-letter:uppercase">
      {category.label}
    </div>
  );
}

function OneEmoji({ emoji, ...props }: EmojiPickerListEmojiProps) {
  return (
    <button
      {...props}
      type="button"
      className="grid h-11 w-1/8 shrink-0 place-items-center rounded-xl text-2xl leading-none data-active:bg-sunken dark:data-active:bg-line"
    >
      {emoji.emoji}
    </button>
  );
}

/** What the one is called that is pointed at. */
function Active() {
  const active = useActiveEmoji();
  return (
    <p className="min-w-0 grow truncate text-sm text-ink-soft first-letter:uppercase" aria-hidden="true">
      {active?.label}
    </p>
  );
}

/** The skin tone of all that can have one; it stays chosen on this device. */
function Tones({ names }: { names: EmojiData['skinTones'] }) {
  const t = useTexts('emoji');
  const name = useId();
  const [chosen, setChosen, variations] = useSkinTone();
  return (
    <fieldset className="flex shrink-0">
      <legend className="sr-only">{t('tone')}</legend>
      {variations.map(({ skinTone, emoji }) => (
        <label
          key={skinTone}
          className="relative grid size-9 cursor-pointer place-items-center rounded-full text-lg leading-none hover:bg-sunken has-checked:bg-heart-soft has-focus-visible:outline-[2.5px] has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name={name}
            aria-label={skinTone === 'none' ? t('noTone') : names[skinTone]}
            className="absolute inset-0 cursor-pointer opacity-0"
            checked={skinTone === chosen}
            onChange={() => {
              setChosen(skinTone);
              localStorage.setItem(toneKey, skinTone);
            }}
          />
          <span aria-hidden="true">{emoji}</span>
        </label>
      ))}
    </fieldset>
  );
}
