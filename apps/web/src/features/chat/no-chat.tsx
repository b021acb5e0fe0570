import { Heartline } from '../../design/heartline';

/** Beside the list, while no conversation is open. */
export function NoChat() {
  return (
    <div className="grid grow place-content-center justify-items-center gap-4 px-8 text-center text-ink-soft">
      <Heartline className="w-48 text-heart" drawn />
      <p className="text-lg">Pick someone to talk to.</p>
    </div>
  );
}
