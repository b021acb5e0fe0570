import type { ChatMessage } from '@app/api-client/react';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Bubble } from '../src/features/chat/bubble';

const atHand = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

const base: ChatMessage = {
  key: 'client-1',
  id: 'message-1',
  seq: 1,
  conversationId: 'conversation',
  clientId: 'client-1',
  senderId: 'ada',
  kind: 'text',
  text: 'Hello',
  replyTo: null,
  system: null,
  media: null,
  envelope: null,
  createdAt: '2026-01-15T10:00:00.000Z',
  editedAt: null,
  deletedAt: null,
  pinnedAt: null,
  revision: 0,
  reactions: [],
  ownReaction: null,
  mine: true,
  delivery: 'sent',
  upload: null,
  error: null,
};

function show(change: Partial<ChatMessage>, { isChosen = null, isGroup = false }: { isChosen?: boolean | null; isGroup?: boolean } = {}) {
  const actions = {
    onReply: vi.fn(),
    onReact: vi.fn(),
    onReactWithAny: vi.fn(),
    onPin: vi.fn(),
    onJump: vi.fn(),
    onEdit: vi.fn(),
    onDelete: vi.fn(),
    onHide: vi.fn(),
    onRetry: vi.fn(),
    onDiscard: vi.fn(),
    onChoose: vi.fn(),
    onReceipts: vi.fn(),
  };
  const nameOfSender = (userId: string) => (userId === 'ada' ? 'You' : 'Ben');
  render(
    <Bubble
      message={{ ...base, ...change }}
      isOpen
      nameOfSender={nameOfSender}
      isFirst
      isLast
      isGroup={isGroup}
      isChosen={isChosen}
      {...actions}
    />,
  );
  return actions;
}

describe('a message', () => {
  it.each([
    ['queued', 'Waiting to be sent'],
    ['sending', 'Sending'],
    ['sent', 'Sent'],
    ['delivered', 'Delivered'],
    ['read', 'Read'],
  ] as const)('that is %s says so', (delivery, words) => {
    show({ delivery });
    expect(screen.getByText(words)).toBeTruthy();
  });

  it.each([
    ['sent', 'Sent'],
    ['delivered', 'Delivered to all'],
    ['read', 'Read by all'],
  ] as const)('in a group that is %s says so of all', (delivery, words) => {
    show({ delivery }, { isGroup: true });
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('of one’s own can be asked who has read it', async () => {
    const user = userEvent.setup();
    const { onReceipts } = show({});
    await user.click(screen.getByRole('button', { name: 'More options' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Who has read it' }));
    expect(onReceipts).toHaveBeenCalledWith(expect.objectContaining({ id: 'message-1' }));
  });

  it('of someone else says nothing of how far it has come, and can be answered but not changed', async () => {
    const user = userEvent.setup();
    const { onReply } = show({ mine: false });
    expect(screen.queryByText('Sent')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'More options' }));
    expect(screen.getAllByRole('menuitem').map((item) => item.getAttribute('aria-label') ?? item.textContent)).toEqual([
      ...atHand.map((emoji) => `React with ${emoji}`),
      'Another emoji',
      'Reply',
      'Pin',
      'Delete for me',
    ]);
    await user.click(screen.getByRole('menuitem', { name: 'Reply' }));
    expect(onReply).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 'message-1' }));
  });

  it('is reacted to from its menu, and by what others reacted with', async () => {
    const user = userEvent.setup();
    const reactions = [
      { emoji: '😂', count: 2 },
      { emoji: '🦊', count: 1 },
    ];
    const { onReact } = show({ mine: false, reactions, ownReaction: '😂' });
    await user.click(screen.getByRole('button', { name: 'More options' }));
    await user.click(screen.getByRole('menuitem', { name: 'React with ❤️' }));
    await user.click(screen.getByRole('button', { name: '🦊, 1', pressed: false }));
    await user.click(screen.getByRole('button', { name: '😂, 2', pressed: true }));
    expect(onReact.mock.calls).toEqual([
      ['message-1', '❤️'],
      ['message-1', '🦊'],
      ['message-1', null],
    ]);
  });

  it('is pinned, and taken down again where it is', async () => {
    const user = userEvent.setup();
    const { onPin } = show({ pinnedAt: '2026-01-15T10:00:00.000Z' });
    await user.click(screen.getByRole('button', { name: 'More options' }));
    await user.click(screen.getByRole('menuitem', { name: 'Unpin' }));
    expect(onPin).toHaveBeenCalledExactlyOnceWith('message-1', false);
  });

  it('shows what it answers, and leads there', async () => {
    const user = userEvent.setup();
    const { onJump } = show({ replyTo: { id: 'message-0', seq: 0, senderId: 'ben', kind: 'text', text: 'Guess where I am' } });
    await user.click(screen.getByRole('button', { name: 'Answers Ben Guess where I am' }));
    expect(onJump).toHaveBeenCalledExactlyOnceWith('message-0', 0);
  });

  it('says that what it answers was deleted', () => {
    show({ replyTo: { id: 'message-0', seq: 0, senderId: 'ada', kind: 'text', text: null } });
    expect(screen.getByRole('button', { name: 'Answers You Deleted' })).toBeTruthy();
  });

  it('that failed can be sent again or dropped', async () => {
    const user = userEvent.setup();
    const { onRetry, onDiscard } = show({
      id: null,
      seq: null,
      delivery: 'failed',
      error: { code: 'NOT_MATCHED', message: 'Not matched.' },
    });
    expect(screen.getByText('Not sent: You can only do this with someone you are matched with.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(onRetry).toHaveBeenCalledExactlyOnceWith('client-1');
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(onDiscard).toHaveBeenCalledExactlyOnceWith('client-1');
  });

  it("of one's own can be changed and deleted", async () => {
    const user = userEvent.setup();
    const { onEdit, onDelete } = show({});
    await user.click(screen.getByRole('button', { name: 'More options' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Edit' }));
    expect(onEdit).toHaveBeenCalledOnce();
    await user.click(screen.getByRole('button', { name: 'More options' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    expect(onDelete).toHaveBeenCalledOnce();
  });

  it('that is deleted keeps its place without its words', async () => {
    show({ text: null, deletedAt: '2026-01-15T11:00:00.000Z' });
    expect(screen.getByText('Deleted')).toBeTruthy();
    await userEvent.setup().click(screen.getByRole('button', { name: 'More options' }));
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual(['Delete for me']);
  });

  it('can be chosen while one chooses, by the whole of it, and not changed then', async () => {
    const { onChoose } = show({ mine: false }, { isChosen: false });
    const box = screen.getByRole('checkbox', { name: 'Choose this message: Hello' });
    expect(box).toHaveProperty('checked', false);
    expect(screen.queryByRole('button', { name: 'More options' })).toBeNull();
    await userEvent.click(box);
    expect(onChoose).toHaveBeenCalledExactlyOnceWith(base.id);
  });
});
