import { ApiError } from '@app/api-client';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { notify, notifyError } from '../src/design/notices';
import { Toaster } from '../src/design/toaster';

it('tells what failed, with the request to quote when asked for it', async () => {
  render(<Toaster />);
  act(() => notifyError(new ApiError({ code: 'INTERNAL', message: 'x', status: 500, requestId: 'request-7' })));
  expect(await screen.findByText('Something went wrong on our side.')).toBeTruthy();
  expect(screen.queryByText(/request-7/)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Details' }));
  expect(screen.getByText('INTERNAL · request request-7')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  await vi.waitFor(() => expect(screen.queryByText('Something went wrong on our side.')).toBeNull());
});

it('says the same thing once', async () => {
  render(<Toaster />);
  act(() => {
    notify({ title: 'Saved.' });
    notify({ title: 'Saved.' });
  });
  expect(await screen.findAllByRole('button', { name: 'Dismiss' })).toHaveLength(1);
});
