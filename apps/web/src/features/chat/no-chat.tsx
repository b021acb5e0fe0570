import { Heartline } from '../../design/heartline';
import { useTexts } from '../../language/use-texts';

/** Beside the list, while no conversation is open. */
export function NoChat() {
  const t = useTexts('chat');
  return (
    <div className="grid grow place-content-center justify-items-center gap-4 px-8 text-center text-ink-soft">
      <Heartline className="w-48 text-heart" drawn />
      <p className="text-lg">{t('noneOpen')}</p>
    </div>
  );
}
