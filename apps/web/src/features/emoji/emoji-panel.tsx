import { useQuery } from '@tanstack/react-query';
import { Popover } from 'radix-ui';
import type { RefObject } from 'react';
import { Sheet } from '../../design/sheet';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useMedia } from '../../design/use-media';
import { useLanguage } from '../../language/use-texts';

interface EmojiPanelProps {
  open: boolean;
  onOpen(open: boolean): void;
  title: string;
  /** What it opens beside on a wide screen. */
  anchor: RefObject<HTMLElement | null>;
  /** What has the focus after it there, if not the anchor. */
  backTo?: RefObject<HTMLElement | null>;
  onPick(emoji: string): void;
  /** What has been written so far: a sheet covers it. */
  written?: string;
}

/** Lets people choose an emoji: in a sheet on a phone, beside what it is for on a wide screen. It stays open, for more than one. */
export function EmojiPanel({ open, onOpen, title, anchor, backTo = anchor, onPick, written }: EmojiPanelProps) {
  const isWide = useMedia('(min-width: 40rem)');
  if (!isWide) {
    return (
      <Sheet open={open} onOpen={onOpen} title={title} footer={written === undefined ? undefined : <Written text={written} />}>
        <div className="-mx-3 -mb-3 flex h-[58dvh] flex-col">
          <Content isTyped={false} onPick={onPick} />
        </div>
      </Sheet>
    );
  }
  return (
    <Popover.Root open={open} onOpenChange={onOpen} modal>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          aria-label={title}
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            backTo.current?.focus();
          }}
          className="z-50 flex h-[min(26rem,var(--radix-popover-content-available-height))] w-92 flex-col rounded-2xl border border-line bg-raised p-3 text-ink shadow-float outline-none data-[state=open]:animate-[dialog-in_160ms_var(--ease-out-soft)]"
        >
          <Content isTyped onPick={onPick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The end of it, where the next emoji comes. */
function Written({ text }: { text: string }) {
  return (
    <p className="flex min-h-6 justify-end overflow-hidden whitespace-pre">
      <span className="min-w-full shrink-0">{text}</span>
    </p>
  );
}

/** The emoji and what shows them are large, and come with the first look. */
function Content({ isTyped, onPick }: Pick<EmojiPanelProps, 'onPick'> & { isTyped: boolean }) {
  const language = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['emojis', language],
    queryFn: async () => {
      const [{ Picker }, emojis] = await Promise.all([
        import('./picker'),
        import('./emojis').then(({ loadEmojis }) => loadEmojis(language)),
      ]);
      return { Picker, emojis };
    },
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading className="grid gap-3">
        <Skeleton className="h-11" />
        <Skeleton className="h-56" />
      </Loading>
    );
  }
  return <data.Picker emojis={data.emojis} isTyped={isTyped} onPick={onPick} />;
}
