import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx';

const variants = {
  primary: 'bg-heart text-on-heart hoverable:hover:bg-heart-strong shadow-card',
  plain: 'bg-surface text-ink border border-line-strong hoverable:hover:bg-sunken',
  'plain-danger': 'bg-surface text-danger-ink border border-line-strong hoverable:hover:bg-danger-soft',
  soft: 'bg-sunken text-ink hoverable:hover:bg-line',
  ghost: 'text-ink hoverable:hover:bg-sunken',
  danger: 'bg-danger text-on-danger hoverable:hover:brightness-110',
  'ghost-danger': 'text-danger-ink hoverable:hover:bg-danger-soft',
  light: 'bg-white text-night hoverable:hover:bg-white/90',
  glass: 'bg-white/18 text-white hoverable:hover:bg-white/28',
} as const;

const sizes = {
  // What a finger can hit is larger than what there is to see.
  sm: 'relative min-h-9 px-3.5 text-sm gap-1.5 after:absolute after:inset-x-0 after:-inset-y-1',
  md: 'min-h-11 px-5 text-[0.9375rem] gap-2',
  lg: 'min-h-13 px-7 text-base gap-2.5',
} as const;

export type ButtonVariant = keyof typeof variants;

/** How a button looks, for links that look like one. */
export function buttonClass(variant: ButtonVariant = 'primary', size: keyof typeof sizes = 'md', className?: string): string {
  return cx(
    'inline-flex items-center justify-center rounded-full font-semibold select-none text-center leading-tight',
    'transition-[background-color,scale,filter] duration-150 active:scale-[0.97]',
    'disabled:opacity-50 disabled:active:scale-100 disabled:cursor-not-allowed aria-disabled:opacity-50',
    variants[variant],
    sizes[size],
    className,
  );
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: keyof typeof sizes;
  /** Something is under way because of it: it shows so and cannot be pressed again. */
  pending?: boolean;
  icon?: ReactNode;
}

export function Button({ variant, size, pending = false, icon, className, children, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={buttonClass(variant, size, className)} disabled={disabled || pending} aria-busy={pending} {...rest}>
      {pending ? <LoaderCircle className="size-[1.15em] animate-spin" aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}

// Of two places for one thing the stylesheet's later one would hold, whichever the button is given.
const iconSizes = { sm: 'not-[.absolute]:relative size-9 after:absolute after:-inset-1', md: 'size-11', lg: 'size-14' } as const;

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does, for those who do not see the icon; shown when the pointer rests on it. */
  label: string;
  variant?: ButtonVariant;
  size?: keyof typeof iconSizes;
}

export function IconButton({ label, variant = 'ghost', size = 'md', className, children, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={cx(
        'inline-grid shrink-0 place-items-center rounded-full transition-[background-color,scale,filter] duration-150 active:scale-90',
        'disabled:opacity-40 disabled:active:scale-100 disabled:cursor-not-allowed',
        variants[variant],
        iconSizes[size],
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}
