import { ChevronDown, CircleAlert } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import { useTexts } from '../language/use-texts';
import { cx } from './cx';

const control = cx(
  'w-full rounded-2xl border border-line-strong bg-surface px-4 text-base text-ink placeholder:text-ink-soft/80',
  'transition-[border-color,box-shadow] duration-150 hover:border-ink-soft/60',
  'focus:border-focus focus:outline-none focus:ring-[3px] focus:ring-focus/25',
  'aria-invalid:border-danger aria-invalid:focus:ring-danger/25',
);

interface FieldProps {
  label: string;
  /** Said under the field while there is no error. */
  hint?: ReactNode;
  error?: string | undefined;
}

/** What a control needs to be tied to its label, hint and error. */
interface Ties {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

function Field({ label, hint, error, aside, children }: FieldProps & { aside?: ReactNode; children: (ties: Ties) => ReactNode }) {
  const id = useId();
  const note = `${id}-note`;
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-semibold text-ink">
          {label}
        </label>
        {aside}
      </div>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': error || hint ? note : undefined })}
      {error ? (
        <p id={note} className="flex items-start gap-1.5 text-sm text-danger-ink">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span>{error}</span>
        </p>
      ) : (
        hint && (
          <p id={note} className="text-sm text-ink-soft">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

export function TextField({ label, hint, error, className, ...rest }: FieldProps & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => <input {...rest} {...ties} className={cx(control, 'h-12', className)} />}
    </Field>
  );
}

/** A password with a switch that shows it. */
export function PasswordField({ label, hint, error, className, ...rest }: FieldProps & Omit<ComponentProps<'input'>, 'type'>) {
  const t = useTexts('words');
  const [shown, setShown] = useState(false);
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      aside={
        <button
          type="button"
          aria-pressed={shown}
          className="-my-2 rounded-full px-2 py-2 text-sm font-semibold text-heart-ink hover:underline"
          onClick={() => setShown(!shown)}
        >
          {t(shown ? 'hide' : 'show')}
        </button>
      }
    >
      {(ties) => <input {...rest} {...ties} type={shown ? 'text' : 'password'} className={cx(control, 'h-12', className)} />}
    </Field>
  );
}

export function TextArea({ label, hint, error, className, ...rest }: FieldProps & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => <textarea rows={4} {...rest} {...ties} className={cx(control, 'resize-y py-3 leading-relaxed', className)} />}
    </Field>
  );
}

export interface Choice<Value extends string> {
  value: Value;
  label: string;
}

interface SelectProps<Value extends string> extends FieldProps, Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'children'> {
  choices: readonly Choice<Value>[];
  /** Empty where nothing is chosen yet. */
  value: Value | '';
  onValue(value: Value): void;
  /** What stands there while nothing is chosen. */
  placeholder?: string;
}

export function SelectField<Value extends string>({
  label,
  hint,
  error,
  choices,
  value,
  onValue,
  placeholder,
  className,
  ...rest
}: SelectProps<Value>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => (
        <div className="relative">
          <select
            {...rest}
            {...ties}
            value={value}
            className={cx(control, 'h-12 appearance-none pr-11', value === '' && 'text-ink-soft', className)}
            onChange={({ target }) => {
              const chosen = choices.find((choice) => choice.value === target.value);
              if (chosen) onValue(chosen.value);
            }}
          >
            {placeholder !== undefined && (
              <option value="" disabled>
                {placeholder}
              </option>
            )}
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value} className="bg-surface text-ink">
                {choice.label}
              </option>
            ))}
          </select>
          <ChevronDown className="pointer-events-none absolute top-1/2 right-4 size-5 -translate-y-1/2 text-ink-soft" aria-hidden="true" />
        </div>
      )}
    </Field>
  );
}
