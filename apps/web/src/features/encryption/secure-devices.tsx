import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Button } from '../../design/button';
import { notifyError } from '../../design/notices';
import { Card } from '../../design/page';
import { Confirm } from '../../design/sheet';
import { useTexts } from '../../language/use-texts';
import { deviceName } from '../notifications/device-name';
import { useSecrecy } from './secrecy';
import { SetUpSecrecy } from './set-up-secrecy';

const queryKey = ['secure devices'];

/** Which of one's devices read what is encrypted, and the way for another one to do so. */
export function SecureDevices() {
  const t = useTexts('encryption');
  const names = useTexts('notifications');
  const { state, encryption } = useSecrecy();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const isOpen = encryption !== undefined && (state === 'ready' || state === 'unapproved');
  const { data: devices = [] } = useQuery({ queryKey, enabled: isOpen, queryFn: async () => (encryption ? encryption.devices() : []) });
  useEffect(() => encryption?.subscribe(() => void queries.invalidateQueries({ queryKey })), [encryption, queries]);

  async function approve(id: string) {
    try {
      await encryption?.approve(id);
      await queries.invalidateQueries({ queryKey });
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <section className="mt-10" aria-labelledby="encryption">
      <h2 id="encryption" className="text-xl font-bold">
        {t('devices.title')}
      </h2>
      <p className="mt-1 mb-4 text-ink-soft">{t('devices.text')}</p>
      {!isOpen && <SetUpSecrecy />}
      {state === 'unapproved' && <p className="mb-4">{t('states.unapproved')}</p>}
      <ul className="grid gap-3">
        {devices.map(({ id, name, isCurrent, isApproved, code }) => (
          <li key={id}>
            <Card className="grid gap-2">
              <p className="font-bold break-words">{deviceName(name, names)}</p>
              <p className="text-sm text-ink-soft">
                {[isCurrent && t('devices.current'), t(isApproved ? 'devices.approved' : 'devices.waiting')].filter(Boolean).join(' · ')}
              </p>
              {!isApproved && (
                <p className="text-sm">
                  {t('devices.code')} <span className="font-mono tabular-nums">{code.match(/.{5}/g)?.join(' ')}</span>
                </p>
              )}
              {!isApproved && !isCurrent && state === 'ready' && (
                <>
                  <p className="text-sm text-ink-soft">{t('devices.compare')}</p>
                  <Button size="sm" className="justify-self-start" onClick={() => void approve(id)}>
                    {t('devices.approve')}
                  </Button>
                </>
              )}
            </Card>
          </li>
        ))}
      </ul>
      {state === 'unapproved' && (
        <Button variant="plain-danger" className="mt-4" onClick={() => setAsking(true)}>
          {t('devices.reset')}
        </Button>
      )}
      <Confirm
        open={asking}
        onOpen={setAsking}
        title={t('devices.resetTitle')}
        action={t('devices.resetAction')}
        onConfirm={() => void encryption?.reset().catch((error: unknown) => notifyError(error))}
      >
        {t('devices.resetText')}
      </Confirm>
    </section>
  );
}
