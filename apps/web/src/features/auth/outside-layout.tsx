import { Link, Outlet, useMatchRoute } from '@tanstack/react-router';
import { Wordmark } from '../../design/heartline';
import { LanguageSwitch } from '../../language/language-field';
import { WelcomeArt } from './welcome-art';

/** The frame around the pages of people who are not signed in: a poster beside them where there is room. */
export function OutsideLayout() {
  const onWelcome = useMatchRoute()({ to: '/' }) !== false;
  return (
    <div className="grid min-h-dvh lg:grid-cols-[1.1fr_1fr]">
      <aside
        className="relative hidden overflow-hidden bg-plum bg-radial-[at_30%_20%] from-[#a3264f] to-[#4a1838] lg:block"
        aria-hidden="true"
      >
        <WelcomeArt className="absolute inset-0" />
      </aside>
      <main className="safe-top safe-bottom flex min-w-0 flex-col px-5 sm:px-10">
        <header className="flex h-16 items-center justify-between gap-4 lg:h-24">
          <Link to="/" aria-label="Heartline" className="-ml-1 rounded-xl px-1">
            <Wordmark />
          </Link>
          <LanguageSwitch />
        </header>
        <div className={onWelcome ? 'flex grow flex-col' : 'mx-auto flex w-full max-w-md grow flex-col justify-center pb-16'}>
          <Outlet />
        </div>
      </main>
    </div>
  );
}
