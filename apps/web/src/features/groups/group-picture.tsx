import type { Person, Photo } from '@app/api-client';
import type { UseGroupResult } from '@app/api-client/react';
import { Flag, ImagePlus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../design/button';
import { notifyError } from '../../design/notices';
import { useTexts } from '../../language/use-texts';
import { ReportSheet } from '../reports/report-sheet';
import { GroupAvatar } from './group-avatar';

interface GroupPictureProps {
  picture: Photo | null;
  /** Who has given it to the group; null: oneself, or someone who is not seen. */
  by: Person | null;
  mayChange: boolean;
  group: Pick<UseGroupResult, 'setPicture' | 'removePicture' | 'pictureProgress'>;
}

/** The picture of a group, to be changed and taken away by those who may, and reported by everyone else. */
export function GroupPicture({ picture, by, mayChange, group }: GroupPictureProps) {
  const t = useTexts('groups');
  const files = useRef<HTMLInputElement>(null);
  const { pictureProgress: progress } = group;
  const orTell = (done: Promise<void>) => void done.catch((error: unknown) => notifyError(error));
  if (!mayChange && !picture) return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <GroupAvatar picture={picture} className="size-20" />
      {mayChange && (
        <div className="grid min-w-0 grow gap-2">
          <input
            ref={files}
            type="file"
            accept="image/jpeg,image/png,image/webp,image/avif"
            aria-label={t('setPicture')}
            className="sr-only"
            tabIndex={-1}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              // The same file can be chosen again.
              target.value = '';
              if (file) orTell(group.setPicture(file));
            }}
          />
          <div className="flex flex-wrap gap-2">
            <Button
              size="sm"
              variant="soft"
              pending={progress !== null}
              icon={<ImagePlus className="size-4.5" />}
              onClick={() => files.current?.click()}
            >
              {t('setPicture')}
            </Button>
            {picture && progress === null && (
              <Button size="sm" variant="ghost" icon={<Trash2 className="size-4.5" />} onClick={() => orTell(group.removePicture())}>
                {t('removePicture')}
              </Button>
            )}
          </div>
          {progress !== null && <progress max={1} value={progress} aria-label={t('uploading')} className="h-1.5 w-full accent-heart" />}
        </div>
      )}
      {picture && by && <ReportPicture key={picture.id} picture={picture} by={by} />}
    </div>
  );
}

/** A way to tell the moderators about a picture: whoever gave it to the group is who answers for it. */
function ReportPicture({ picture, by }: { picture: Photo; by: Person }) {
  const t = useTexts('groups');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="ghost-danger" icon={<Flag className="size-4" />} onClick={() => setOpen(true)}>
        {t('reportPicture')}
      </Button>
      <ReportSheet person={by} photos={[picture]} pointedAt={[picture.id]} open={isOpen} onOpen={setOpen} stays />
    </>
  );
}
