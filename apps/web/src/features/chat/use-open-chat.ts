import { useConversations } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { notifyError } from '../../design/notices';

/** Goes to the conversation with someone you are matched with; tells when that fails. */
export function useOpenChat(): { openChat(userId: string): Promise<void>; isOpening: boolean } {
  const { conversations, openDirect } = useConversations();
  const navigate = useNavigate();
  const [isOpening, setOpening] = useState(false);
  return {
    isOpening,
    async openChat(userId) {
      setOpening(true);
      try {
        const { id } = conversations.find(({ person, open }) => open && person?.id === userId) ?? (await openDirect(userId));
        await navigate({ to: '/chats/$conversationId', params: { conversationId: id } });
      } catch (error) {
        notifyError(error);
      } finally {
        setOpening(false);
      }
    },
  };
}
