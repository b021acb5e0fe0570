import { useUser } from '@app/api-client/react';
import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { cx } from '../design/cx';
import { setTheme } from '../design/theme';
import { CallHost } from '../features/calls/call-host';
import { ConnectionBanner } from '../features/connection/connection-banner';
import { MatchMoment } from '../features/matches/match-moment';
import { useAccountLanguage } from '../language/use-account-language';
import { useTexts } from '../language/use-texts';
import { SideNavigation, TabBar } from './navigation';

/** After going somewhere by a link, the keyboard and the screen reader are there too. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const seen = useRef(pathname);
  useEffect(() => {
    if (seen.current === pathname) return;
    seen.current = pathname;
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

/** The theme that was chosen on another device counts here too. */
function useChosenTheme(): void {
  const theme = useUser().preferences?.app.theme;
  useEffect(() => {
    if (theme) setTheme(theme);
  }, [theme]);
}

/** The frame around every page of someone who is signed in. */
export function Shell() {
  const t = useTexts('app');
  const main = useFocusOnArrival();
  const { conversationId } = useParams({ strict: false });
  useChosenTheme();
  useAccountLanguage();
  // A conversation has a phone's screen for itself.
  const fullScreen = conversationId !== undefined;
  // Chats scroll within the screen, other pages with it.
  const fixed = useLocation().pathname.startsWith('/chats');
  return (
    <>
      <a
        href="#main"
        className="sr-only z-[80] rounded-full bg-ink px-5 py-3 font-semibold text-paper focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        {t('skip')}
      </a>
      <div className="flex min-h-dvh">
        <SideNavigation />
        <div className={cx('flex min-w-0 grow flex-col', fixed && 'h-dvh')}>
          <ConnectionBanner />
          <main
            ref={main}
            id="main"
            tabIndex={-1}
            className={cx(
              'safe-top flex min-h-0 grow flex-col outline-none lg:pb-0',
              !fullScreen && 'pb-[calc(4rem+env(safe-area-inset-bottom))]',
            )}
          >
            <Outlet />
          </main>
        </div>
      </div>
      {!fullScreen && <TabBar />}
      <MatchMoment />
      <CallHost />
    </>
  );
}
