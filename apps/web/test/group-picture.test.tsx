import type { Person, Photo } from '@app/api-client';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { GroupPicture } from '../src/features/groups/group-picture';
import { speak } from '../src/language/spoken';

const report = vi.fn(async (_input: unknown) => ({}));
const navigate = vi.fn();
vi.mock('@app/api-client/react', () => ({ useReports: () => ({ report, openedIn: async () => [] }) }));
vi.mock('@tanstack/react-router', () => ({ useNavigate: () => navigate }));

const ben = { id: '019aa238-4cb0-7c0d-8e27-91a4d3f06b52', displayName: 'Ben' } as Person;
const picture = { id: '019bc134-7840-7f6b-8241-0d9e5ac7b3f8', urls: { small: '/small' }, color: '#abcdef' } as Photo;
const group = { setPicture: vi.fn(), removePicture: vi.fn(), pictureProgress: null };

it('is reported with whoever gave it to the group, and the group stays open', async () => {
  render(<GroupPicture picture={picture} by={ben} mayChange={false} group={group} />);
  await userEvent.click(screen.getByRole('button', { name: 'Report picture' }));
  await screen.findByRole('dialog', { name: 'Report Ben' });
  // What one came for is chosen already.
  expect(screen.getByRole('checkbox', { name: 'Photo 1' })).toHaveProperty('checked', true);
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'What is it about?' }), 'Hate');
  await userEvent.click(screen.getByRole('switch', { name: 'Block Ben as well' }));
  await userEvent.click(screen.getByRole('button', { name: 'Send report' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const evidence = { messageIds: [], opened: [], photoIds: [picture.id] };
  expect(report).toHaveBeenCalledExactlyOnceWith({ userId: ben.id, category: 'hate', text: '', alsoBlock: true, evidence });
  expect(navigate).not.toHaveBeenCalled();
});

it('is not reported by who gave it', async () => {
  await speak('de');
  const { rerender } = render(<GroupPicture picture={picture} by={null} mayChange group={group} />);
  expect(screen.queryByRole('button', { name: 'Bild melden' })).toBeNull();
  rerender(<GroupPicture picture={picture} by={ben} mayChange group={group} />);
  expect(screen.getByRole('button', { name: 'Bild melden' })).toBeTruthy();
});
