import type { Match } from '@app/api-client';
import { useCall, useMatch } from '@app/api-client/react';
import { useLocation } from '@tanstack/react-router';
import { Dialog } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { Button } from '../../design/button';
import { cx } from '../../design/cx';
import { Heartline } from '../../design/heartline';
import { notify } from '../../design/notices';
import { Portrait, type Portrayed } from '../../design/portrait/portrait';
import { useTexts } from '../../language/use-texts';
import { useOpenChat } from '../chat/use-open-chat';
import { useOwnPortrait } from '../profile/use-own-portrait';

/** A new match: a moment of its own while people are being looked at, a word in passing during anything else. */
export function MatchMoment() {
  const t = useTexts('matches');
  const { newMatch, dismissMatch } = useMatch();
  const { state } = useCall();
  const { pathname } = useLocation();
  const { openChat, isOpening } = useOpenChat();
  /** Who was just said hello to: there is no need to tell of them again on the way. */
  const greeted = useRef('');
  const isFree = state === 'idle' && /^\/(discover|matches|people)/.test(pathname);

  useEffect(() => {
    if (!newMatch || isFree) return;
    const { displayName, id } = newMatch.person;
    dismissMatch();
    if (newMatch.id === greeted.current) return;
    notify({
      tone: 'good',
      title: t('likeEachOther', { name: displayName }),
      action: { label: t('sayHello'), run: () => void openChat(id) },
    });
  });

  if (!newMatch || !isFree) return null;
  return (
    <Moment
      match={newMatch}
      isPending={isOpening}
      onHello={async () => {
        greeted.current = newMatch.id;
        await openChat(newMatch.person.id);
        dismissMatch();
      }}
      onDismiss={dismissMatch}
    />
  );
}

function Card({ person, className }: { person: Portrayed; className: string }) {
  return (
    <div
      className={cx('absolute top-0 aspect-[5/7] h-full overflow-hidden rounded-[1.6rem] border-4 border-white shadow-float', className)}
    >
      <Portrait person={person} />
    </div>
  );
}

function Moment({ match, isPending, onHello, onDismiss }: { match: Match; isPending: boolean; onHello(): void; onDismiss(): void }) {
  const t = useTexts('matches');
  const me = useOwnPortrait();
  const { person } = match;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onDismiss()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-[#4a1838] bg-radial-[at_50%_25%] from-[#a3264f] to-[#4a1838]" />
        <Dialog.Content className="fixed inset-0 z-50 flex flex-col items-center justify-center gap-8 overflow-y-auto px-6 py-10 text-center text-white outline-none">
          <div className="relative h-[min(40dvh,21rem)] w-full max-w-md" aria-hidden="true">
            {me && <Card person={me} className="right-[47%] -rotate-6 animate-[from-left_700ms_var(--ease-spring)_both]" />}
            <Card person={person} className="left-[47%] rotate-6 animate-[from-right_700ms_var(--ease-spring)_both]" />
            <Heartline
              drawn
              width={4}
              className="absolute top-1/2 left-1/2 w-[128%] -translate-x-1/2 -translate-y-1/3 text-white drop-shadow-[0_2px_10px_rgb(0_0_0/0.45)] [animation-delay:500ms]"
            />
          </div>
          <div className="grid animate-rise gap-2 [animation-delay:350ms]">
            <Dialog.Title className="text-5xl font-extrabold">{t('itsAMatch')}</Dialog.Title>
            <Dialog.Description className="text-lg text-white/85">{t('likeEachOther', { name: person.displayName })}</Dialog.Description>
          </div>
          <div className="grid w-full max-w-xs animate-rise gap-2.5 [animation-delay:450ms]">
            <Button variant="light" size="lg" pending={isPending} onClick={onHello}>
              {t('sayHello')}
            </Button>
            <Button variant="glass" size="lg" onClick={onDismiss}>
              {t('keepLooking')}
            </Button>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
