import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ComponentProps, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { AttachmentDesk } from '../src/features/chat/attachments';
import { Composer } from '../src/features/chat/composer';

function setUp({
  editing = null,
  replying = null,
  text: initial = '',
  attached = [],
}: Partial<Pick<ComponentProps<typeof Composer>, 'editing' | 'replying' | 'text'> & Pick<AttachmentDesk, 'attached'>> = {}) {
  const attachments = { attached, attach: vi.fn(), detach: vi.fn(), take: () => [] };
  const calls = {
    onVoice: vi.fn(),
    onCancelReply: vi.fn(),
    onSend: vi.fn(),
    onCancelEdit: vi.fn(),
    onEditLast: vi.fn(),
    onLeave: vi.fn(),
  };
  function Held() {
    const [text, setText] = useState(initial);
    return <Composer text={text} onText={setText} editing={editing} replying={replying} attachments={attachments} {...calls} />;
  }
  render(<Held />);
  return { ...calls, attachments, field: screen.getByRole('textbox', { name: 'Message' }), user: userEvent.setup() };
}

describe('the composer', () => {
  it('sends with Enter, and begins a line with Shift and Enter', async () => {
    const { field, user, onSend } = setUp();
    await user.type(field, 'Hello{Shift>}{Enter}{/Shift}Ben');
    expect(field).toHaveProperty('value', 'Hello\nBen');
    expect(onSend).not.toHaveBeenCalled();
    await user.type(field, '{Enter}');
    expect(onSend).toHaveBeenCalledOnce();
  });

  it('sends nothing that is blank or too long', async () => {
    const { field, user, onSend } = setUp();
    await user.type(field, '   {Enter}');
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
    fireEvent.change(field, { target: { value: 'x'.repeat(4_001) } });
    await user.type(field, '{Enter}');
    expect(screen.getByText('1 too many')).toBeTruthy();
    expect(onSend).not.toHaveBeenCalled();
  });

  it('says what is being answered, until one thinks better of it', async () => {
    const { field, user, onCancelReply } = setUp({ replying: { name: 'Ben', text: 'Guess where I am' } });
    expect(screen.getByText('Reply to Ben')).toBeTruthy();
    expect(document.activeElement).toBe(field);
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Cancel reply' }));
    expect(onCancelReply).toHaveBeenCalledTimes(2);
  });

  it('leaves Enter to an input method that is composing', () => {
    const { field, onSend } = setUp({ text: 'にほん' });
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    expect(onSend).not.toHaveBeenCalled();
  });

  it('changes the last message with the arrow up, only from an empty field', async () => {
    const { field, user, onEditLast } = setUp();
    await user.type(field, 'x{ArrowUp}');
    expect(onEditLast).not.toHaveBeenCalled();
    await user.type(field, '{Backspace}{ArrowUp}');
    expect(onEditLast).toHaveBeenCalledOnce();
  });

  it('while changing a message, saves only what is different, and Escape leaves it', async () => {
    const { field, user, onSend, onCancelEdit } = setUp({ editing: 'Hello', text: 'Hello' });
    const save = screen.getByRole('button', { name: 'Save' });
    expect(save).toHaveProperty('disabled', true);
    await user.type(field, ' Ben');
    await user.click(save);
    expect(onSend).toHaveBeenCalledOnce();
    await user.type(field, '{Escape}');
    expect(onCancelEdit).toHaveBeenCalledOnce();
  });
});
