import type { Conversation, Person } from '@app/api-client';
import { useApi } from '@app/api-client/react';
import { LockKeyhole, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { notifyError } from '../../design/notices';
import { Sheet } from '../../design/sheet';
import { Loading, Skeleton } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { useSecrecy } from './secrecy';
import { SetUpSecrecy } from './set-up-secrecy';
import { useSafetyNumber } from './use-safety-number';

interface SecrecySheetProps {
  conversation: Conversation;
  person: Person;
  open: boolean;
  onOpen(open: boolean): void;
}

/** Has a conversation encrypted; once it is, what the two compare. */
export function SecrecySheet({ conversation, person, open, onOpen }: SecrecySheetProps) {
  const t = useTexts('encryption');
  const name = person.displayName;
  return conversation.encryptedAt === null ? (
    <StartSheet conversationId={conversation.id} open={open} onOpen={onOpen} />
  ) : (
    <Sheet open={open} onOpen={onOpen} title={t('number.title', { name })}>
      <SafetyNumberView person={person} />
    </Sheet>
  );
}

function StartSheet({ conversationId, open, onOpen }: { conversationId: string; open: boolean; onOpen(open: boolean): void }) {
  const t = useTexts('encryption');
  const client = useApi();
  const { setUp } = useSecrecy();
  const [pending, setPending] = useState(false);
  const [blocked, setBlocked] = useState(false);

  async function start() {
    setPending(true);
    try {
      const isReady = (await setUp()) === 'ready';
      setBlocked(!isReady);
      if (isReady) {
        await client.encryption.start({ conversationId });
        onOpen(false);
      }
    } catch (error) {
      notifyError(error);
    }
    setPending(false);
  }

  return (
    <Sheet
      open={open}
      onOpen={onOpen}
      title={t('start.title')}
      footer={
        <Button className="w-full" pending={pending} icon={<LockKeyhole className="size-5" />} onClick={() => void start()}>
          {t('start.action')}
        </Button>
      }
    >
      <div className="grid gap-3">
        <p>{t('start.what')}</p>
        <ul className="grid list-disc gap-2 pl-5 text-ink-soft">
          <li>{t('start.forGood')}</li>
          <li>{t('start.without')}</li>
          <li>{t('start.seen')}</li>
          <li>{t('start.browser')}</li>
        </ul>
        {blocked && <SetUpSecrecy />}
      </div>
    </Sheet>
  );
}

/** The digits in the groups in which they are read out. */
function groupsOf(digits: string): string[] {
  return digits.match(/.{5}/g) ?? [];
}

function SafetyNumberView({ person }: { person: Person }) {
  const t = useTexts('encryption');
  const { state, encryption } = useSecrecy();
  const number = useSafetyNumber(person.id);
  const [pending, setPending] = useState(false);
  const name = person.displayName;
  const does = (what: () => Promise<void>) => async () => {
    setPending(true);
    await what().catch((error: unknown) => notifyError(error));
    setPending(false);
  };

  if (state !== 'ready' || encryption === undefined) return <SetUpSecrecy />;
  if (number === undefined) {
    return (
      <Loading>
        <Skeleton className="h-40 rounded-3xl!" />
      </Loading>
    );
  }
  if (number === null) return <p>{t('number.none', { name })}</p>;
  const hasChanged = number.hasChanged || number.isViolated;
  return (
    <div className="grid gap-4">
      {hasChanged && (
        <p className="flex items-start gap-2 rounded-2xl bg-danger-soft p-3 text-danger-ink" role="alert">
          <ShieldAlert className="size-5 shrink-0" aria-hidden="true" />
          {t('changed', { name })}
        </p>
      )}
      <p className="text-ink-soft">{t('number.text', { name })}</p>
      <ol className="grid grid-cols-4 gap-x-3 gap-y-2 rounded-2xl bg-sunken p-4 text-center font-mono text-lg tabular-nums" dir="ltr">
        {groupsOf(number.digits).map((group, index) => (
          <li key={index}>{group}</li>
        ))}
      </ol>
      <p className="text-sm text-ink-soft">
        {number.devices === 0 ? t('number.none', { name }) : t('number.devices', { name, count: number.devices })}
      </p>
      {number.isVerified ? (
        <p className="flex items-center gap-2 font-semibold">
          <ShieldCheck className="size-5 shrink-0" aria-hidden="true" />
          {t('number.verified')}
        </p>
      ) : (
        <Button pending={pending} icon={<ShieldCheck className="size-5" />} onClick={() => void does(() => encryption.verify(number))()}>
          {t('number.verify')}
        </Button>
      )}
      {hasChanged && (
        <Button variant="plain-danger" pending={pending} onClick={() => void does(() => encryption.accept(person.id))()}>
          {t('number.accept')}
        </Button>
      )}
    </div>
  );
}
