import type { SwipeAction } from '@app/api-client';
import { Heart, RotateCcw, Star, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../design/cx';
import { useTexts } from '../../language/use-texts';

function RoundButton({
  label,
  hint,
  className,
  disabled,
  onClick,
  children,
}: {
  label: string;
  hint: string;
  className: string;
  disabled: boolean;
  onClick(): void;
  children: ReactNode;
}) {
  const t = useTexts('discover');
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={hint}
      title={t('withKey', { action: label, key: hint })}
      disabled={disabled}
      onClick={onClick}
      className={cx(
        'grid place-items-center rounded-full border border-line bg-surface shadow-card transition-[scale,background-color,border-color,color] duration-200 ease-spring',
        'hoverable:hover:scale-108 active:scale-90 disabled:scale-100 disabled:opacity-45 disabled:shadow-none',
        className,
      )}
    >
      {children}
    </button>
  );
}

interface SwipeButtonsProps {
  disabled: boolean;
  canUndo: boolean;
  onSwipe(action: SwipeAction): void;
  onUndo(): void;
}

export function SwipeButtons({ disabled, canUndo, onSwipe, onUndo }: SwipeButtonsProps) {
  const t = useTexts('discover');
  return (
    <fieldset className="flex items-center justify-center gap-4">
      <legend className="sr-only">{t('decide')}</legend>
      <RoundButton label={t('undo')} hint="Z" className="size-12 text-ink-soft" disabled={!canUndo} onClick={onUndo}>
        <RotateCcw className="size-5" aria-hidden="true" />
      </RoundButton>
      <RoundButton
        label={t('pass')}
        hint="ArrowLeft"
        className="size-16 text-ink hoverable:hover:border-ink-soft"
        disabled={disabled}
        onClick={() => onSwipe('pass')}
      >
        <X className="size-8" strokeWidth={2.6} aria-hidden="true" />
      </RoundButton>
      <RoundButton
        label={t('like')}
        hint="ArrowRight"
        className="size-16 border-transparent! bg-heart! text-on-heart"
        disabled={disabled}
        onClick={() => onSwipe('like')}
      >
        <Heart className="size-8 fill-current" aria-hidden="true" />
      </RoundButton>
      <RoundButton
        label={t('superLike')}
        hint="ArrowUp"
        className="size-12 border-transparent! bg-honey! text-on-honey"
        disabled={disabled}
        onClick={() => onSwipe('super_like')}
      >
        <Star className="size-5.5 fill-current" aria-hidden="true" />
      </RoundButton>
    </fieldset>
  );
}
