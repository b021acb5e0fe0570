import type { Person } from '@app/api-client';
import type { ReportableMessage } from '@app/api-client/react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { useTexts } from '../../language/use-texts';
import { ReportSheet } from '../reports/report-sheet';

interface ChoosingBarProps {
  person: Person;
  /** Ids of messages. */
  chosen: readonly string[];
  /** Those that are shown; what was chosen and is far away by now may not be among them. */
  messages: readonly ReportableMessage[];
  onDone(): void;
}

/** In the place of the composer, while one chooses what the moderators should see. */
export function ChoosingBar({ person, chosen, messages, onDone }: ChoosingBarProps) {
  const t = useTexts('reports');
  const words = useTexts('words');
  const [reporting, setReporting] = useState(false);
  return (
    <div className="safe-bottom border-t border-line bg-surface">
      <div className="mx-auto flex max-w-3xl flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
        <p className="grow basis-full font-medium sm:basis-40" role="status">
          {chosen.length === 0 ? t('choose') : t('chosen', { count: chosen.length })}
        </p>
        <Button variant="plain" className="grow sm:grow-0" onClick={onDone}>
          {words('cancel')}
        </Button>
        <Button className="grow sm:grow-0" onClick={() => setReporting(true)}>
          {t('action')}
        </Button>
      </div>
      <ReportSheet
        person={person}
        messageIds={chosen}
        messages={messages.filter(({ id }) => id !== null && chosen.includes(id))}
        open={reporting}
        onOpen={setReporting}
        onSent={onDone}
      />
    </div>
  );
}
