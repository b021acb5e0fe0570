import { Check } from 'lucide-react';
import { Switch as RadixSwitch, Slider, ToggleGroup } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { cx } from './cx';
import type { Choice } from './field';

/** One of a few, side by side. */
export function Segmented<Value extends string>({
  label,
  choices,
  value,
  onValue,
  icons,
}: {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onValue(value: Value): void;
  icons?: Readonly<Record<Value, ReactNode>>;
}) {
  const name = useId();
  return (
    <fieldset className="grid auto-cols-fr grid-flow-col gap-1 rounded-2xl bg-sunken p-1">
      <legend className="sr-only">{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={cx(
            'relative flex min-h-10 items-center justify-center gap-2 rounded-xl px-2 text-sm font-semibold text-ink-soft transition-colors',
            'has-checked:bg-surface has-checked:text-ink has-checked:shadow-card dark:has-checked:bg-line-strong cursor-pointer hover:text-ink',
            'has-focus-visible:outline-[2.5px] has-focus-visible:outline-focus',
          )}
        >
          <input
            type="radio"
            name={name}
            className="absolute inset-0 cursor-pointer opacity-0"
            checked={choice.value === value}
            onChange={() => onValue(choice.value)}
          />
          {icons?.[choice.value]}
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}

/** Some of a few; never none. */
export function ChipGroup<Value extends string>({
  label,
  choices,
  value,
  onValue,
}: {
  label: string;
  choices: readonly Choice<Value>[];
  value: readonly Value[];
  onValue(value: Value[]): void;
}) {
  return (
    <ToggleGroup.Root
      type="multiple"
      aria-label={label}
      className="flex flex-wrap gap-2"
      value={[...value]}
      onValueChange={(chosen) => {
        const known = choices.map((choice) => choice.value).filter((one) => chosen.includes(one));
        if (known.length > 0) onValue(known);
      }}
    >
      {choices.map((choice) => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          className={cx(
            'group inline-flex min-h-11 items-center gap-2 rounded-full border border-line-strong px-4 text-[0.9375rem] font-semibold text-ink-soft',
            'transition-colors data-[state=on]:border-heart data-[state=on]:bg-heart-soft data-[state=on]:text-ink',
          )}
        >
          <Check className="hidden size-4 text-heart-ink group-data-[state=on]:block" aria-hidden="true" />
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

/** Something that is on or off, with its name and what it means. */
export function SwitchRow({
  label,
  hint,
  checked,
  onChecked,
}: {
  label: string;
  hint?: string;
  checked: boolean;
  onChecked(checked: boolean): void;
}) {
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-4 py-3">
      <label htmlFor={id} className="grid cursor-pointer gap-0.5">
        <span className="font-medium">{label}</span>
        {hint && (
          <span id={`${id}-hint`} className="text-sm text-ink-soft">
            {hint}
          </span>
        )}
      </label>
      <Switch id={id} label={label} describedBy={hint && `${id}-hint`} checked={checked} onChecked={onChecked} />
    </div>
  );
}

interface SwitchProps {
  label: string;
  checked: boolean;
  onChecked(checked: boolean): void;
  disabled?: boolean;
  id?: string;
  describedBy?: string | undefined;
}

/** A switch by itself. What a finger can hit is larger than what there is to see. */
export function Switch({ label, checked, onChecked, disabled, id, describedBy }: SwitchProps) {
  return (
    <RadixSwitch.Root
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChecked}
      className="relative h-7 w-12 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors after:absolute after:-inset-2 disabled:opacity-45 data-[state=checked]:border-heart data-[state=checked]:bg-heart"
    >
      <RadixSwitch.Thumb className="block size-5 translate-x-1 rounded-full bg-ink-soft transition-[translate,background-color] duration-200 data-[state=checked]:translate-x-6 data-[state=checked]:bg-on-heart" />
    </RadixSwitch.Root>
  );
}

const thumbLook = cx(
  'block size-7 rounded-full border-[3px] border-surface bg-heart shadow-card transition-[scale] duration-150 hover:scale-110 active:scale-115',
  'focus-visible:outline-[3px] focus-visible:outline-focus',
);

/** One number of a range. */
export function ValueSlider({
  label,
  text,
  value,
  min,
  max,
  step = 1,
  onValue,
  onCommit,
}: {
  label: string;
  /** The value in words, for who does not see it. */
  text: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  onValue(value: number): void;
  /** The hand has let go. */
  onCommit?(value: number): void;
}) {
  return (
    <Slider.Root
      className="relative flex h-11 touch-none items-center px-1 select-none"
      value={[value]}
      min={min}
      max={max}
      step={step}
      onValueChange={([next = min]) => onValue(next)}
      onValueCommit={([next = min]) => onCommit?.(next)}
    >
      <Slider.Track className="relative h-1.5 grow rounded-full bg-line">
        <Slider.Range className="absolute h-full rounded-full bg-heart" />
      </Slider.Track>
      <Slider.Thumb className={thumbLook} aria-label={label} aria-valuetext={text} />
    </Slider.Root>
  );
}

/** A range with two ends. */
export function RangeSlider({
  labels,
  value,
  min,
  max,
  onValue,
  onCommit,
}: {
  /** Names of the lower and the upper end. */
  labels: readonly [string, string];
  value: readonly [number, number];
  min: number;
  max: number;
  onValue(value: [number, number]): void;
  /** The hand has let go. */
  onCommit?(value: [number, number]): void;
}) {
  const pair = ([low = min, high = max]: number[]): [number, number] => [low, high];
  return (
    <Slider.Root
      className="relative flex h-11 touch-none items-center px-1 select-none"
      value={[...value]}
      min={min}
      max={max}
      minStepsBetweenThumbs={0}
      onValueChange={(next) => onValue(pair(next))}
      onValueCommit={(next) => onCommit?.(pair(next))}
    >
      <Slider.Track className="relative h-1.5 grow rounded-full bg-line">
        <Slider.Range className="absolute h-full rounded-full bg-heart" />
      </Slider.Track>
      {labels.map((label) => (
        <Slider.Thumb key={label} className={thumbLook} aria-label={label} />
      ))}
    </Slider.Root>
  );
}
