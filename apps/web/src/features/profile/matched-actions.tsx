import type { Person } from '@app/api-client';
import { useMatch } from '@app/api-client/react';
import { HeartCrack, MessageCircle, Phone, Video } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { Confirm } from '../../design/sheet';
import { useTexts } from '../../language/use-texts';
import { useStartCall } from '../calls/callee';
import { useOpenChat } from '../chat/use-open-chat';

/** What one can do with someone one is matched with. */
export function MatchedActions({ person }: { person: Person }) {
  const t = useTexts('profile');
  const matchTexts = useTexts('matches');
  const { openChat, isOpening } = useOpenChat();
  const { isFree, startCall } = useStartCall();
  const { matches, unmatch } = useMatch();
  const [asking, setAsking] = useState(false);
  const match = matches.find((one) => one.person.id === person.id);

  async function end(matchId: string) {
    try {
      await unmatch(matchId);
      notify({ title: matchTexts('unmatched', { name: person.displayName }) });
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <div className="grid justify-items-start gap-4">
      <div className="flex flex-wrap gap-2.5">
        <Button pending={isOpening} icon={<MessageCircle className="size-5" />} onClick={() => void openChat(person.id)}>
          {t('chat')}
        </Button>
        <Button
          variant="plain"
          aria-label={`${t('call')}: ${t('audioCall')}`}
          disabled={!isFree}
          icon={<Phone className="size-5" />}
          onClick={() => startCall(person, 'audio')}
        >
          {t('call')}
        </Button>
        <Button
          variant="plain"
          aria-label={`${t('video')}: ${t('videoCall')}`}
          disabled={!isFree}
          icon={<Video className="size-5" />}
          onClick={() => startCall(person, 'video')}
        >
          {t('video')}
        </Button>
      </div>
      {match && (
        <>
          <Button
            variant="ghost-danger"
            size="sm"
            className="-ml-3"
            icon={<HeartCrack className="size-4" />}
            onClick={() => setAsking(true)}
          >
            {matchTexts('unmatch')}
          </Button>
          <Confirm
            open={asking}
            onOpen={setAsking}
            title={matchTexts('unmatchWhom', { name: person.displayName })}
            action={matchTexts('unmatch')}
            onConfirm={() => void end(match.id)}
          >
            {matchTexts('unmatchText')}
          </Confirm>
        </>
      )}
    </div>
  );
}
