import type { Person } from '@app/api-client';
import { useMatch } from '@app/api-client/react';
import { HeartCrack, MessageCircle, Phone, Video } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { Confirm } from '../../design/sheet';
import { useStartCall } from '../calls/callee';
import { useOpenChat } from '../chat/use-open-chat';

/** What one can do with someone one is matched with. */
export function MatchedActions({ person }: { person: Person }) {
  const { openChat, isOpening } = useOpenChat();
  const { isFree, startCall } = useStartCall();
  const { matches, unmatch } = useMatch();
  const [asking, setAsking] = useState(false);
  const match = matches.find((one) => one.person.id === person.id);

  async function end(matchId: string) {
    try {
      await unmatch(matchId);
      notify({ title: `You and ${person.displayName} are no longer matched.` });
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <div className="grid justify-items-start gap-4">
      <div className="flex flex-wrap gap-2.5">
        <Button pending={isOpening} icon={<MessageCircle className="size-5" />} onClick={() => void openChat(person.id)}>
          Chat
        </Button>
        <Button
          variant="plain"
          aria-label="Start audio call"
          disabled={!isFree}
          icon={<Phone className="size-5" />}
          onClick={() => startCall(person, 'audio')}
        >
          Call
        </Button>
        <Button
          variant="plain"
          aria-label="Start video call"
          disabled={!isFree}
          icon={<Video className="size-5" />}
          onClick={() => startCall(person, 'video')}
        >
          Video
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
            Unmatch
          </Button>
          <Confirm
            open={asking}
            onOpen={setAsking}
            title={`Unmatch ${person.displayName}?`}
            action="Unmatch"
            onConfirm={() => void end(match.id)}
          >
            Neither of you can write or call any more. This cannot be taken back.
          </Confirm>
        </>
      )}
    </div>
  );
}
