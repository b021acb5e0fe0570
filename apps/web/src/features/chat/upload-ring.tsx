import { X } from 'lucide-react';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';

const radius = 20;
const around = 2 * Math.PI * radius;

interface UploadRingProps {
  /** From 0 to 1. */
  progress: number;
  onCancel(): void;
}

/** How much of a file is uploaded. Pressed, it is not sent. */
export function UploadRing({ progress, onCancel }: UploadRingProps) {
  const t = useTexts('chat');
  const { number } = useFormats();
  const percent = Math.round(progress * 100);
  return (
    <span className="relative grid size-12 shrink-0 place-items-center rounded-full bg-night/65 text-white">
      <span
        role="progressbar"
        aria-label={t('media.uploading')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={number(progress, { style: 'percent' })}
        className="absolute inset-0"
      >
        <svg viewBox="0 0 48 48" className="size-full -rotate-90" aria-hidden="true">
          <circle cx="24" cy="24" r={radius} fill="none" stroke="currentColor" strokeWidth="3" opacity="0.3" />
          <circle
            cx="24"
            cy="24"
            r={radius}
            fill="none"
            stroke="currentColor"
            strokeWidth="3"
            strokeLinecap="round"
            strokeDasharray={around}
            strokeDashoffset={around * (1 - progress)}
            className="transition-[stroke-dashoffset] duration-200 motion-reduce:transition-none"
          />
        </svg>
      </span>
      <button
        type="button"
        aria-label={t('media.cancel')}
        title={t('media.cancel')}
        onClick={onCancel}
        className="relative grid size-11 place-items-center rounded-full hoverable:hover:bg-white/15"
      >
        <X className="size-5" aria-hidden="true" />
      </button>
    </span>
  );
}
