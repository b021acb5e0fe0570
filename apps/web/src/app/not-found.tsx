import { Link } from '@tanstack/react-router';
import { buttonClass } from '../design/button';
import { Heartline } from '../design/heartline';
import { useTitle } from '../design/page';
import { EmptyState } from '../design/states';

export function NotFound() {
  useTitle('Not found');
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        picture={<Heartline className="w-40 text-heart" drawn />}
        title="Nobody here"
        heading="h1"
        action={
          <Link to="/" className={buttonClass()}>
            Take me home
          </Link>
        }
      >
        This page does not exist, or has moved on.
      </EmptyState>
    </main>
  );
}
