import type { Media, Person } from '@app/api-client';
import type { ReportableMessage } from '@app/api-client/react';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { ReportAction } from '../src/features/reports/report-action';
import { ReportSheet } from '../src/features/reports/report-sheet';
import { speak } from '../src/language/spoken';

const report = vi.fn(async (_input: unknown) => ({}));
const navigate = vi.fn(async (_to: unknown) => undefined);
const openedIn = vi.fn(async (messages: readonly ReportableMessage[], { withFiles }: { withFiles: boolean }) =>
  messages.map(({ id }) => ({ messageId: id, ...(withFiles && { fileKey: 'what opens it' }) })),
);
vi.mock('@app/api-client/react', () => ({ useReports: () => ({ report, openedIn }) }));
vi.mock('@tanstack/react-router', () => ({ useNavigate: () => navigate }));

const ben = { id: '019aa238-4cb0-7c0d-8e27-91a4d3f06b52', displayName: 'Ben' } as Person;

it('sends what was chosen and said, blocks in the same go, and leaves the page that is not there any more', async () => {
  render(<ReportAction person={ben} />);
  await userEvent.click(screen.getByRole('button', { name: 'Report' }));
  const send = await screen.findByRole('button', { name: 'Send report' });
  // Nothing goes out before it is said what it is about.
  expect(send).toHaveProperty('disabled', true);
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'What is it about?' }), 'Threats or violence');
  await userEvent.type(screen.getByRole('textbox', { name: 'What happened?' }), 'He said he would come.');
  await userEvent.click(screen.getByRole('switch', { name: 'Block Ben as well' }));
  await userEvent.click(send);
  await waitFor(() => expect(navigate).toHaveBeenCalledWith({ to: '/discover' }));
  expect(report).toHaveBeenCalledExactlyOnceWith({ userId: ben.id, category: 'threats', text: 'He said he would come.', alsoBlock: true });
  expect(screen.queryByRole('dialog')).toBeNull();
});

it.each([
  ['not unless one says so', false],
  ['where one says so', true],
])('hands in what opens an encrypted file: %s', async (_, wanted) => {
  report.mockClear();
  const envelope = { algorithm: 'a', sessionId: 's', ciphertext: 'c' };
  const media = { id: 'file', kind: 'image' } as Media;
  const message: ReportableMessage = { id: 'one', conversationId: 'chat', senderId: ben.id, clientId: 'c', envelope, media, text: null };
  render(<ReportSheet person={ben} open onOpen={() => undefined} messageIds={['one']} messages={[message]} />);
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'What is it about?' }), 'Hate');
  const consent = screen.getByRole('switch', { name: 'Show the moderators these files, too' });
  if (wanted) await userEvent.click(consent);
  await userEvent.click(screen.getByRole('button', { name: 'Send report' }));
  await waitFor(() => expect(report).toHaveBeenCalledOnce());
  const opened = [{ messageId: 'one', ...(wanted && { fileKey: 'what opens it' }) }];
  expect(report).toHaveBeenCalledWith(expect.objectContaining({ evidence: { messageIds: ['one'], opened, photoIds: [] } }));
});

it('speaks German', async () => {
  await speak('de');
  render(<ReportAction person={ben} />);
  await userEvent.click(screen.getByRole('button', { name: 'Melden' }));
  expect(await screen.findByRole('dialog', { name: 'Ben melden' })).toBeTruthy();
});
