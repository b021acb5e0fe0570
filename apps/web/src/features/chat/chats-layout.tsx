import { Outlet, useParams } from '@tanstack/react-router';
import { cx } from '../../design/cx';
import { useTexts } from '../../language/use-texts';
import { ChatList } from './chat-list';

/** On a phone the list or one conversation, on a wide screen both. */
export function ChatsLayout() {
  const t = useTexts('chat');
  const { conversationId } = useParams({ strict: false });
  const isOpen = conversationId !== undefined;
  return (
    <div className="flex min-h-0 grow">
      <section
        aria-label={t('title')}
        className={cx(
          'min-h-0 w-full flex-col lg:flex lg:w-[23rem] lg:shrink-0 lg:border-r lg:border-line lg:bg-surface',
          isOpen ? 'hidden' : 'flex',
        )}
      >
        <ChatList activeId={conversationId} />
      </section>
      <div className={cx('min-h-0 min-w-0 grow flex-col lg:flex', isOpen ? 'flex' : 'hidden')}>
        <Outlet />
      </div>
    </div>
  );
}
