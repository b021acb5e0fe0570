import type { Photo } from '@app/api-client';
import type { UseGroupResult } from '@app/api-client/react';
import { ImagePlus, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../design/button';
import { notifyError } from '../../design/notices';
import { useTexts } from '../../language/use-texts';
import { GroupAvatar } from './group-avatar';

interface GroupPictureProps {
  picture: Photo | null;
  mayChange: boolean;
  group: Pick<UseGroupResult, 'setPicture' | 'removePicture' | 'pictureProgress'>;
}

/** The picture of a group, to be changed and taken away by those who may. */
export function GroupPicture({ picture, mayChange, group }: GroupPictureProps) {
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
    </div>
  );
}
