import { isApiError, type OutboxMessage } from '@app/api-client';
import { useApi } from '@app/api-client/react';
import { Mail, X } from 'lucide-react';
import { Fragment, useEffect, useState } from 'react';
import { IconButton } from '../../design/button';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';

/** So often it is looked for new messages while the panel is open. In milliseconds. */
const lookEvery = 2_000;

const addresses = /(https?:\/\/\S+)/;

/** A text in which addresses can be followed. */
function Linked({ text }: { text: string }) {
  return text.split(addresses).map((part, index) =>
    addresses.test(part) ? (
      <a key={index} href={part} className="font-semibold break-all text-heart-ink underline">
        {part}
      </a>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}

function Entry({ message: { channel, to, subject, text, at } }: { message: OutboxMessage }) {
  const { relativeTime } = useFormats();
  return (
    <li className="grid gap-0.5 border-t border-line py-3 first:border-0">
      <p className="flex justify-between gap-3 text-xs text-ink-soft">
        <span className="truncate">
          {channel} → {to}
        </span>
        <span className="shrink-0">{relativeTime(at, useNow())}</span>
      </p>
      {subject && <p className="text-sm font-semibold">{subject}</p>}
      <p className="text-sm whitespace-pre-line">
        <Linked text={text} />
      </p>
    </li>
  );
}

/** What is kept, newest first; `undefined` until that is known, and where there is no outbox. Stays over signing in and out. */
function useOutbox(isWatched: boolean): readonly OutboxMessage[] | undefined {
  const client = useApi();
  const [messages, setMessages] = useState<readonly OutboxMessage[]>();
  useEffect(() => {
    let isOver = false;
    const look = async () => {
      try {
        const { items } = await client.development.outbox();
        if (!isOver) setMessages(items);
      } catch (error) {
        // A service that is away keeps nothing: what was there stays to be read.
        if (isApiError(error, 'UNKNOWN_ENDPOINT') && !isOver) setMessages(undefined);
      }
    };
    void look();
    const timer = isWatched ? setInterval(() => void look(), lookEvery) : undefined;
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [client, isWatched]);
  return messages;
}

/** For who develops: the codes, mails and pushes that no provider takes, in a corner of every page. Not there in production. */
export default function OutboxPanel() {
  const t = useTexts('development');
  const words = useTexts('words');
  const [isOpen, setOpen] = useState(false);
  const messages = useOutbox(isOpen);
  if (messages === undefined) return null;
  if (!isOpen) {
    // As narrow as the margin of every page, so that it lies on nothing.
    return (
      <button
        type="button"
        aria-label={t('open')}
        className="fixed top-1/2 right-0 z-[60] grid h-14 w-4 -translate-y-1/2 place-items-center rounded-l-xl border border-r-0 border-line bg-raised text-ink-soft shadow-float transition-[width] hover:w-8 focus-visible:w-8"
        onClick={() => setOpen(true)}
      >
        <Mail className="size-3.5" aria-hidden="true" />
      </button>
    );
  }
  return (
    <section
      aria-label={t('title')}
      className="fixed right-3 bottom-20 z-[60] flex max-h-[min(28rem,70dvh)] w-[min(24rem,calc(100vw-1.5rem))] flex-col rounded-3xl border border-line bg-raised shadow-float lg:bottom-3"
    >
      <header className="flex items-start justify-between gap-3 px-5 pt-4 pb-2">
        <div>
          <h2 className="font-bold">{t('title')}</h2>
          <p className="text-xs text-ink-soft">{t('text')}</p>
        </div>
        <IconButton label={words('close')} size="sm" variant="soft" onClick={() => setOpen(false)}>
          <X className="size-4.5" />
        </IconButton>
      </header>
      <ul className="scroll-quiet min-h-0 grow overflow-y-auto px-5 pb-4" aria-live="polite">
        {messages.map((message) => (
          <Entry key={`${message.at} ${message.channel} ${message.to} ${message.subject}`} message={message} />
        ))}
        {messages.length === 0 && <li className="py-3 text-sm text-ink-soft">{t('none')}</li>}
      </ul>
    </section>
  );
}
