import { Cake } from 'lucide-react';
import { welcomeFrom } from './sign-up-form';
import { useInView } from './use-in-view';

/** A refusal that means well. */
export function TooYoung({ birthDate, age }: { birthDate: string; age: number }) {
  const day = welcomeFrom(birthDate, age);
  const date = day && new Date(day).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
  const element = useInView<HTMLDivElement>(true);
  return (
    <div ref={element} role="alert" className="flex scroll-mb-28 animate-rise items-start gap-3 rounded-2xl bg-heart-soft px-4 py-3.5">
      <Cake className="mt-0.5 size-5 shrink-0 text-heart-ink" aria-hidden="true" />
      <div>
        <p className="font-semibold">Heartline is for people of {age} and older.</p>
        <p className="text-sm text-ink-soft">
          {date ? `We would love to have you from ${date} on. ` : ''}Nothing of what you entered was kept. If the date is a slip, just
          correct it.
        </p>
      </div>
    </div>
  );
}
