import type { Conversation, Match } from '@app/api-client';
import { Link, useNavigate } from '@tanstack/react-router';
import { EllipsisVertical, HeartCrack, Hourglass, MessageCircle, UserRound } from 'lucide-react';
import { IconButton } from '../../design/button';
import { Menu, MenuItem } from '../../design/menu';
import { Portrait, paletteOf } from '../../design/portrait/portrait';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { useOpenChat } from '../chat/use-open-chat';

interface MatchCardProps {
  match: Match;
  conversation: Conversation | undefined;
  onUnmatch(): void;
}

/** Someone you are matched with. */
export function MatchCard({ match: { person, createdAt, expiresAt }, conversation, onUnmatch }: MatchCardProps) {
  const t = useTexts('matches');
  const { relativeTime } = useFormats();
  const now = useNow();
  const navigate = useNavigate();
  const { openChat } = useOpenChat();
  const isNew = !conversation?.lastMessage;
  const deep = paletteOf(person.id).deep;
  return (
    <article
      aria-label={person.displayName}
      className="group relative aspect-[4/5] overflow-hidden rounded-3xl shadow-card transition-[translate,box-shadow] duration-300 ease-out-soft hoverable:hover:-translate-y-1 hoverable:hover:shadow-float"
    >
      <Portrait person={person} className="transition-[scale] duration-500 ease-out-soft hoverable:group-hover:scale-105" />
      {/* Covers the card, so that all of it leads to the person; buttons lie above it. */}
      <Link
        to="/people/$userId"
        params={{ userId: person.id }}
        aria-label={`${person.displayName}, ${person.age}`}
        className="absolute inset-0 rounded-3xl outline-offset-[-4px] focus-visible:outline-white"
      />
      {isNew && (
        <span className="pointer-events-none absolute top-3 left-3 rounded-full bg-heart px-2.5 py-1 text-xs font-bold text-on-heart">
          {t('new')}
        </span>
      )}
      <div className="absolute top-2 right-2">
        <Menu
          trigger={
            <IconButton
              label={t('more', { name: person.displayName })}
              size="sm"
              className="bg-night/45! text-white hover:bg-night/70! focus-visible:outline-white"
            >
              <EllipsisVertical className="size-5" aria-hidden="true" />
            </IconButton>
          }
        >
          <MenuItem icon={<UserRound />} onSelect={() => void navigate({ to: '/people/$userId', params: { userId: person.id } })}>
            {t('viewProfile')}
          </MenuItem>
          <MenuItem icon={<HeartCrack />} danger onSelect={onUnmatch}>
            {t('unmatch')}
          </MenuItem>
        </Menu>
      </div>
      <div
        className="pointer-events-none absolute inset-x-0 bottom-0 flex items-end gap-2 p-3.5 pt-16 text-white"
        style={{ background: `linear-gradient(to top, ${deep} 8%, ${deep}d9 45%, transparent)` }}
      >
        <div className="min-w-0 grow">
          <p className="truncate font-display text-lg leading-tight font-bold">
            {person.displayName} <span className="font-medium opacity-90">{person.age}</span>
          </p>
          <p className="truncate text-sm text-white/85">
            {expiresAt && isNew ? (
              <span className="inline-flex items-center gap-1">
                <Hourglass className="size-3.5" aria-hidden="true" />
                {t('ends', { when: relativeTime(expiresAt, now) })}
              </span>
            ) : (
              (person.city ?? t('matched', { when: relativeTime(createdAt, now) }))
            )}
          </p>
        </div>
        <IconButton
          label={t(isNew ? 'sayHelloTo' : 'chatWith', { name: person.displayName })}
          variant="light"
          className="pointer-events-auto focus-visible:outline-white"
          onClick={() => void openChat(person.id)}
        >
          <MessageCircle className="size-5" aria-hidden="true" />
        </IconButton>
      </div>
    </article>
  );
}
