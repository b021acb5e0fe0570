import type { EndpointInput } from '@app/api-client';
import { apiInfiniteQuery, useApi } from '@app/api-client/react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { UserSearch } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { TextField } from '../../design/field';
import { Page } from '../../design/page';
import { PagedTable, pagingOf } from '../../design/paged';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { StatusBadge } from './status-badge';

/** What was typed, as the service looks for it: emails and numbers whole, names by how they begin. */
export function searchOf(text: string): EndpointInput<'admin.users'> {
  const wanted = text.trim();
  if (wanted === '') return {};
  if (wanted.includes('@')) return { email: wanted };
  if (/^\+[\d\s()-]+$/.test(wanted)) return { phone: wanted.replaceAll(/[\s()-]/g, '') };
  return { name: wanted.slice(0, 50) };
}

export function AdminUsersPage() {
  const t = useTexts('admin');
  const { longDate, number } = useFormats();
  const [text, setText] = useState('');
  const search = searchOf(useDeferredValue(text));
  const query = useInfiniteQuery(apiInfiniteQuery(useApi(), 'admin.users', search));
  return (
    <Page title={t('users.title')} width="grid">
      <div className="mb-5 max-w-md">
        <TextField
          label={t('users.search')}
          type="search"
          autoComplete="off"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <PagedTable
        label={t('users.title')}
        paging={pagingOf(query)}
        empty={
          <EmptyState
            picture={
              <RoundPicture>
                <UserSearch aria-hidden="true" />
              </RoundPicture>
            }
            title={t('users.none')}
          >
            {t('users.noneText')}
          </EmptyState>
        }
        keyOf={({ id }) => id}
        columns={[
          {
            key: 'name',
            title: t('users.name'),
            cell: ({ id, displayName }) => (
              <Link
                to="/admin/users/$userId"
                params={{ userId: id }}
                className="-my-3 inline-block py-3 font-semibold text-heart-ink hover:underline"
              >
                {displayName}
              </Link>
            ),
          },
          { key: 'email', title: t('users.email'), cell: ({ email, phone }) => email ?? phone ?? '–' },
          { key: 'role', title: t('users.role'), cell: ({ role }) => t(`users.roles.${role}`) },
          { key: 'status', title: t('users.status'), cell: ({ status }) => <StatusBadge status={status} /> },
          { key: 'reports', title: t('users.openReports'), cell: ({ openReports }) => number(openReports) },
          { key: 'joined', title: t('users.joined'), cell: ({ createdAt }) => longDate(createdAt) },
        ]}
      />
    </Page>
  );
}
