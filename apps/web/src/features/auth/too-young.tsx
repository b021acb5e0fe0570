import { Cake } from 'lucide-react';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { welcomeFrom } from './sign-up-form';
import { useInView } from './use-in-view';

/** A refusal that means well. */
export function TooYoung({ birthDate, age }: { birthDate: string; age: number }) {
  const t = useTexts('auth');
  const { longDate } = useFormats();
  const day = welcomeFrom(birthDate, age);
  const element = useInView<HTMLDivElement>(true);
  return (
    <div ref={element} role="alert" className="flex scroll-mb-28 animate-rise items-start gap-3 rounded-2xl bg-heart-soft px-4 py-3.5">
      <Cake className="mt-0.5 size-5 shrink-0 text-heart-ink" aria-hidden="true" />
      <div>
        <p className="font-semibold">{t('tooYoung.title', { age })}</p>
        <p className="text-sm text-ink-soft">
          {day !== undefined && `${t('tooYoung.from', { date: longDate(day) })} `}
          {t('tooYoung.kept')}
        </p>
      </div>
    </div>
  );
}
