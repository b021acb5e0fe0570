import { CircleAlert, CircleCheck, Sparkles, X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { useState, useSyncExternalStore } from 'react';
import { useErrorText } from '../language/error-text';
import { useTexts } from '../language/use-texts';
import { IconButton } from './button';
import { cx } from './cx';
import { dismissNotice, type Notice, noticeStore } from './notices';

const icons = { plain: Sparkles, good: CircleCheck, bad: CircleAlert } as const;
const tones = { plain: 'text-honey-ink', good: 'text-sea-ink', bad: 'text-danger-ink' } as const;

function NoticeCard({ notice }: { notice: Notice }) {
  const t = useTexts('words');
  const describe = useErrorText();
  const { id, tone, action } = notice;
  const { title, detail } = 'error' in notice ? describe(notice.error) : notice;
  const [showsDetail, setShowsDetail] = useState(false);
  const Icon = icons[tone];
  return (
    <Toast.Root
      type={tone === 'bad' ? 'foreground' : 'background'}
      duration={tone === 'bad' ? 9_000 : 6_000}
      onOpenChange={(open) => !open && dismissNotice(id)}
      className={cx(
        'flex items-start gap-3 rounded-2xl border border-line bg-raised py-3 pr-2 pl-4 text-ink shadow-float',
        'data-[state=open]:animate-rise data-[swipe=move]:translate-x-(--radix-toast-swipe-move-x) data-[swipe=end]:animate-[vanish_120ms_forwards]',
      )}
    >
      <Icon className={cx('mt-1 size-5 shrink-0', tones[tone])} aria-hidden="true" />
      <div className="min-w-0 grow py-0.5">
        <Toast.Title className="font-semibold">{title}</Toast.Title>
        {showsDetail && <Toast.Description className="mt-1 font-mono text-xs break-all text-ink-soft">{detail}</Toast.Description>}
        <div className="flex gap-4">
          {action && (
            <Toast.Action altText={action.label} asChild>
              <button type="button" className="mt-1 py-1 text-sm font-bold text-heart-ink hover:underline" onClick={action.run}>
                {action.label}
              </button>
            </Toast.Action>
          )}
          {detail && !showsDetail && (
            <button
              type="button"
              className="mt-1 py-1 text-sm font-semibold text-ink-soft hover:underline"
              onClick={() => setShowsDetail(true)}
            >
              {t('details')}
            </button>
          )}
        </div>
      </div>
      <Toast.Close asChild>
        <IconButton label={t('dismiss')} size="sm">
          <X className="size-4" />
        </IconButton>
      </Toast.Close>
    </Toast.Root>
  );
}

/** Where notices appear. One for the whole app. */
export function Toaster() {
  const t = useTexts('words');
  const notices = useSyncExternalStore(noticeStore.subscribe, noticeStore.get);
  return (
    <Toast.Provider swipeDirection="right" label={t('notice')}>
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
      <Toast.Viewport className="pointer-events-none fixed inset-x-3 top-[max(0.75rem,env(safe-area-inset-top))] z-[70] mx-auto grid max-w-md gap-2 outline-none *:pointer-events-auto sm:inset-x-auto sm:right-6 sm:w-[24rem]" />
    </Toast.Provider>
  );
}
