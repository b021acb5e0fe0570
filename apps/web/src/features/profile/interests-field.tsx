import { Plus, X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { IconButton } from '../../design/button';
import { useTexts } from '../../language/use-texts';

const most = 12;
const longest = 30;

/** Things one likes, as chips to add and take away. Enter or a comma adds. */
export function InterestsField({ value, onValue }: { value: readonly string[]; onValue(value: string[]): void }) {
  const t = useTexts('profile');
  const id = useId();
  const [text, setText] = useState('');
  const isFull = value.length >= most;

  function add() {
    const interest = text.trim();
    setText('');
    if (!interest || isFull || value.some((known) => known.toLowerCase() === interest.toLowerCase())) return;
    onValue([...value, interest]);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && text === '') {
      onValue(value.slice(0, -1));
    }
  }

  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-semibold">
        {t('interests.label')}
      </label>
      {value.length > 0 && (
        <ul className="flex flex-wrap gap-2 pb-1">
          {value.map((interest) => (
            <li
              key={interest}
              className="flex max-w-full items-center gap-1 rounded-full bg-heart-soft py-0.5 pr-1 pl-3.5 text-[0.9375rem] font-semibold"
            >
              <span className="truncate">{interest}</span>
              <IconButton
                label={t('interests.remove', { interest })}
                className="size-8! hover:bg-surface!"
                onClick={() => onValue(value.filter((known) => known !== interest))}
              >
                <X className="size-4" aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <div className="flex gap-2">
        <input
          id={id}
          value={text}
          maxLength={longest}
          disabled={isFull}
          enterKeyHint="done"
          placeholder={t(isFull ? 'interests.full' : 'interests.placeholder')}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={onKeyDown}
          onBlur={add}
          className="h-12 w-full min-w-0 rounded-2xl border border-line-strong bg-surface px-4 text-base placeholder:text-ink-soft/80 focus:border-focus focus:ring-[3px] focus:ring-focus/25 focus:outline-none disabled:bg-sunken"
        />
        <IconButton label={t('interests.add')} variant="soft" className="size-12!" disabled={isFull || !text.trim()} onClick={add}>
          <Plus className="size-5" aria-hidden="true" />
        </IconButton>
      </div>
      <p id={`${id}-hint`} className="text-sm text-ink-soft">
        {t('interests.count', { count: value.length, most })}
      </p>
    </div>
  );
}
