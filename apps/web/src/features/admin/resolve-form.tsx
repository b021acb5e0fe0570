import { type EndpointInput, isApiError } from '@app/api-client';
import { useApi } from '@app/api-client/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../design/button';
import { SwitchRow } from '../../design/choices';
import { SelectField, TextArea, TextField } from '../../design/field';
import { notify } from '../../design/notices';
import { fieldFaults } from '../../language/error-text';
import { useTexts } from '../../language/use-texts';
import { FormError } from '../auth/form-error';

type Outcome = EndpointInput<'admin.resolveReport'>['outcome'];

const outcomes: readonly Outcome[] = ['dismissed', 'warned', 'suspended', 'banned', 'content_removed'];
/** What goes with a word to the person it is about. */
const warns = (outcome: Outcome | '') => outcome === 'warned' || outcome === 'suspended' || outcome === 'content_removed';

/** Decides about a report. */
export function ResolveForm({ reportId, hasOthers }: { reportId: string; hasOthers: boolean }) {
  const t = useTexts('admin');
  const words = useTexts('words');
  const api = useApi();
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome | ''>('');
  const [warning, setWarning] = useState('');
  const [note, setNote] = useState('');
  const [until, setUntil] = useState('');
  const [alsoOthers, setAlsoOthers] = useState(false);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);

  async function resolve(chosen: Outcome) {
    setFaults({});
    setError(null);
    if (chosen === 'warned' && !warning.trim()) return setFaults({ warning: t('reports.needsWarning') });
    setPending(true);
    try {
      await api.admin.resolveReport({
        reportId,
        outcome: chosen,
        note,
        alsoOthers,
        ...(warns(chosen) && warning.trim() ? { warning } : {}),
        ...(chosen === 'suspended' && until ? { until: new Date(`${until}T00:00:00`).toISOString() } : {}),
      });
      notify({ tone: 'good', title: t('reports.done') });
      await queries.invalidateQueries({ predicate: ({ queryKey: [id] }) => typeof id === 'string' && id.startsWith('admin.') });
    } catch (cause) {
      if (isApiError(cause, 'VALIDATION_FAILED')) setFaults(fieldFaults(cause));
      else setError(cause);
    } finally {
      setPending(false);
    }
  }

  return (
    <form
      noValidate
      className="grid gap-4 py-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (outcome !== '') void resolve(outcome);
      }}
    >
      <SelectField<Outcome>
        label={t('reports.outcome')}
        placeholder={words('choose')}
        choices={outcomes.map((value) => ({ value, label: t(`reports.outcomes.${value}`) }))}
        value={outcome}
        onValue={setOutcome}
      />
      {warns(outcome) && (
        <TextArea label={t('reports.warning')} value={warning} error={faults.warning} onChange={({ target }) => setWarning(target.value)} />
      )}
      {outcome === 'suspended' && (
        <TextField
          label={t('reports.until')}
          type="date"
          value={until}
          error={faults.until}
          onChange={({ target }) => setUntil(target.value)}
        />
      )}
      <TextArea label={t('reports.note')} rows={2} value={note} error={faults.note} onChange={({ target }) => setNote(target.value)} />
      {hasOthers && <SwitchRow label={t('reports.alsoOthers')} checked={alsoOthers} onChecked={setAlsoOthers} />}
      <FormError error={error} />
      <Button type="submit" pending={pending} disabled={outcome === ''} className="justify-self-start">
        {t('reports.resolve')}
      </Button>
    </form>
  );
}
