import { type AdminPhoto, isApiError, type PhotoStatus } from '@app/api-client';
import { apiInfiniteQuery, apiMutation, useApi } from '@app/api-client/react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, ShieldCheck, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { Segmented } from '../../design/choices';
import { TextArea } from '../../design/field';
import { notify, notifyError } from '../../design/notices';
import { Page } from '../../design/page';
import { Paged, pagingOf } from '../../design/paged';
import { RoundPicture } from '../../design/round-picture';
import { Sheet } from '../../design/sheet';
import { EmptyState } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';

const statuses = ['pending', 'approved', 'rejected'] as const satisfies readonly PhotoStatus[];

/** Where deciding again would not help. */
const settled: readonly string[] = ['PHOTO_REVIEWED', 'PHOTO_NOT_FOUND'];

/** Photos to look at, and what was decided of others. */
export function AdminPhotosPage() {
  const t = useTexts('admin');
  const api = useApi();
  const queries = useQueryClient();
  const { relativeTime } = useFormats();
  const now = useNow();
  const [status, setStatus] = useState<PhotoStatus>('pending');
  const [rejecting, setRejecting] = useState<AdminPhoto | null>(null);
  const query = useInfiniteQuery(apiInfiniteQuery(api, 'admin.photos', { status }));
  const review = useMutation(apiMutation(api, 'admin.reviewPhoto'));
  const gone = t('reports.gone');

  async function decide(photoId: string, decision: 'approved' | 'rejected', reason?: string): Promise<void> {
    try {
      await review.mutateAsync({ photoId, decision, seen: status, ...(reason === undefined ? {} : { reason }) });
      setRejecting(null);
      notify({ tone: 'good', title: t('photos.done') });
    } catch (error) {
      // Somebody else was quicker: there is nothing left to decide, and the list shows what is.
      if (isApiError(error) && settled.includes(error.code)) setRejecting(null);
      notifyError(error);
    }
    await queries.invalidateQueries({ queryKey: ['admin.photos'] });
  }

  return (
    <Page title={t('photos.title')} width="grid">
      <div className="mb-5 max-w-md">
        <Segmented<PhotoStatus>
          label={t('photos.title')}
          choices={statuses.map((value) => ({ value, label: t(`photos.${value}`) }))}
          value={status}
          onValue={setStatus}
        />
      </div>
      <Paged
        paging={pagingOf(query)}
        keyOf={({ photo }) => photo.id}
        className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5"
        skeleton="aspect-[3/5] rounded-3xl!"
        empty={
          <EmptyState
            picture={
              <RoundPicture>
                <ShieldCheck aria-hidden="true" />
              </RoundPicture>
            }
            title={t('photos.none')}
          >
            {t('photos.noneText')}
          </EmptyState>
        }
      >
        {({ photo, user, reason, createdAt, reviewedAt, reviewedBy, ...one }) => (
          <article className="flex h-full flex-col overflow-hidden rounded-3xl border border-line bg-surface shadow-card">
            <img
              src={photo.urls.medium}
              alt={t('photos.of', { name: user.displayName ?? gone })}
              style={{ backgroundColor: photo.color }}
              className="aspect-[3/4] w-full object-cover"
            />
            <div className="flex grow flex-col gap-1 p-3">
              <Link
                to="/admin/users/$userId"
                params={{ userId: user.id }}
                className="font-bold underline-offset-4 wrap-anywhere hover:underline"
              >
                {user.displayName ?? gone}
              </Link>
              <p className="text-sm text-ink-soft">
                {reviewedAt === null
                  ? relativeTime(createdAt, now)
                  : t('photos.by', { name: reviewedBy?.displayName ?? gone, when: relativeTime(reviewedAt, now) })}
              </p>
              {reason && <p className="text-sm wrap-anywhere">{reason}</p>}
              <div className="mt-auto grid gap-2 pt-2">
                {status !== 'approved' && (
                  <Button size="sm" icon={<Check className="size-4" />} onClick={() => void decide(photo.id, 'approved')}>
                    {t('photos.approve')}
                  </Button>
                )}
                {status !== 'rejected' && (
                  <Button
                    size="sm"
                    variant="plain-danger"
                    icon={<X className="size-4" />}
                    onClick={() => setRejecting({ photo, user, reason, createdAt, reviewedAt, reviewedBy, ...one })}
                  >
                    {t('photos.reject')}
                  </Button>
                )}
              </div>
            </div>
          </article>
        )}
      </Paged>
      {rejecting && (
        <RejectSheet
          pending={review.isPending}
          onClose={() => setRejecting(null)}
          onReject={(why) => void decide(rejecting.photo.id, 'rejected', why)}
        />
      )}
    </Page>
  );
}

function RejectSheet({ pending, onClose, onReject }: { pending: boolean; onClose(): void; onReject(reason: string): void }) {
  const t = useTexts('admin');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const given = reason.trim();
  return (
    <Sheet
      open
      onOpen={(open) => !open && onClose()}
      title={t('photos.rejectTitle')}
      description={t('photos.rejectText')}
      footer={
        <Button variant="danger" className="w-full" pending={pending} onClick={() => (given === '' ? setAsked(true) : onReject(given))}>
          {t('photos.reject')}
        </Button>
      }
    >
      <TextArea
        label={t('photos.reason')}
        maxLength={500}
        rows={3}
        value={reason}
        error={asked && given === '' ? t('photos.needsReason') : undefined}
        onChange={({ target }) => setReason(target.value)}
      />
    </Sheet>
  );
}
