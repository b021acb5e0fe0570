import { CircleAlert } from 'lucide-react';
import { useErrorText } from '../../language/error-text';
import { useInView } from './use-in-view';

/** Why a form was refused as a whole. The live region is there before there is something to say, so that it is heard. */
export function FormError({ error }: { error: unknown }) {
  const describe = useErrorText();
  const text = error ? describe(error) : null;
  const element = useInView<HTMLDivElement>(error);
  return (
    <div ref={element} role="alert" className="scroll-mb-28">
      {text && (
        <div className="flex animate-appear items-start gap-3 rounded-2xl bg-danger-soft px-4 py-3 text-danger-ink">
          <CircleAlert className="mt-0.5 size-5 shrink-0" aria-hidden="true" />
          <div className="min-w-0">
            <p className="font-semibold">{text.title}</p>
            {text.detail && <p className="text-xs break-all opacity-80">{text.detail}</p>}
          </div>
        </div>
      )}
    </div>
  );
}
