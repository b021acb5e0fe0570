import type { Conversation } from '@app/api-client';
import { useApi, useConversations } from '@app/api-client/react';
import { Archive, ArchiveRestore, Bell, BellOff, EllipsisVertical, Flag, LockKeyhole, LogOut } from 'lucide-react';
import { IconButton } from '../../design/button';
import { Menu, MenuItem } from '../../design/menu';
import { notifyError } from '../../design/notices';
import { useTexts } from '../../language/use-texts';

interface ConversationMenuProps {
  conversation: Conversation;
  /** Left out where there is nobody to report. */
  onReport?: (() => void) | undefined;
  /** Has it encrypted, or shows what the two compare. Left out in a group. */
  onSecrecy?: (() => void) | undefined;
  /** Left out where one cannot leave. */
  onLeave?: (() => void) | undefined;
}

const hourMs = 60 * 60_000;

/** What one does with a conversation as a whole: be told of it or not, put it away, leave it, report who is in it. */
export function ConversationMenu({
  conversation: { id, muted, archived, encryptedAt },
  onReport,
  onSecrecy,
  onLeave,
}: ConversationMenuProps) {
  const t = useTexts('groups');
  const chat = useTexts('chat');
  const reports = useTexts('reports');
  const encryption = useTexts('encryption');
  const { now } = useApi();
  const { mute, unmute, setArchived } = useConversations();
  const does = (what: () => Promise<void>) => () => void what().catch((error: unknown) => notifyError(error));
  const muteFor = (hours: number) => does(() => mute(id, new Date(now() + hours * hourMs).toISOString()));
  return (
    <Menu
      trigger={
        <IconButton label={chat('moreOptions')}>
          <EllipsisVertical className="size-5.5" aria-hidden="true" />
        </IconButton>
      }
    >
      {muted ? (
        <MenuItem icon={<Bell />} onSelect={does(() => unmute(id))}>
          {t('unmute')}
        </MenuItem>
      ) : (
        <>
          <MenuItem icon={<BellOff />} onSelect={muteFor(1)}>
            {t('muteHour')}
          </MenuItem>
          <MenuItem icon={<BellOff />} onSelect={muteFor(24)}>
            {t('muteDay')}
          </MenuItem>
          <MenuItem icon={<BellOff />} onSelect={does(() => mute(id))}>
            {t('mute')}
          </MenuItem>
        </>
      )}
      <MenuItem icon={archived ? <ArchiveRestore /> : <Archive />} onSelect={does(() => setArchived(id, !archived))}>
        {t(archived ? 'unarchive' : 'archive')}
      </MenuItem>
      {onSecrecy && (
        <MenuItem icon={<LockKeyhole />} onSelect={onSecrecy}>
          {encryption(encryptedAt === null ? 'menuStart' : 'menuNumber')}
        </MenuItem>
      )}
      {onLeave && (
        <MenuItem icon={<LogOut />} danger onSelect={onLeave}>
          {t('leave')}
        </MenuItem>
      )}
      {onReport && (
        <MenuItem icon={<Flag />} danger onSelect={onReport}>
          {reports('action')}
        </MenuItem>
      )}
    </Menu>
  );
}
