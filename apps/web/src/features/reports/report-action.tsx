import type { Person, Photo } from '@app/api-client';
import { Flag } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { useTexts } from '../../language/use-texts';
import { ReportSheet } from './report-sheet';

/** A way to tell the moderators about someone. */
export function ReportAction({ person }: { person: Person & { readonly photos?: readonly Photo[] } }) {
  const t = useTexts('reports');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="ghost-danger"
        size="sm"
        className="-ml-3 justify-self-start"
        icon={<Flag className="size-4" />}
        onClick={() => setOpen(true)}
      >
        {t('action')}
      </Button>
      <ReportSheet person={person} photos={person.photos ?? []} open={open} onOpen={setOpen} />
    </>
  );
}
