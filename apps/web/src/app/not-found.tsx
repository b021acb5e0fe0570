import { Link } from '@tanstack/react-router';
import { buttonClass } from '../design/button';
import { Heartline } from '../design/heartline';
import { useTitle } from '../design/page';
import { EmptyState } from '../design/states';
import { useTexts } from '../language/use-texts';

export function NotFound() {
  const t = useTexts('notFound');
  useTitle(t('title'));
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        picture={<Heartline className="w-40 text-heart" drawn />}
        title={t('heading')}
        heading="h1"
        action={
          <Link to="/" className={buttonClass()}>
            {t('home')}
          </Link>
        }
      >
        {t('text')}
      </EmptyState>
    </main>
  );
}
