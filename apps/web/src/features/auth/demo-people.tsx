import { Avatar } from '../../design/portrait/portrait';
import { useTexts } from '../../language/use-texts';

/** Who is there from the start on an empty database outside production. */
const names = ['Ada', 'Ben', 'Clara', 'Diego', 'Emi', 'Farid', 'Grace', 'Hugo', 'Inês', 'Jonas', 'Kim', 'Léa'];
const password = 'heartline-demo';

/** `Inês` signs in as `ines@…`. */
const emailOf = (name: string) =>
  `${name
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase()}@heartline.demo`;

export default function DemoPeople({ onPick }: { onPick(account: { email: string; password: string }): void }) {
  const t = useTexts('auth');
  return (
    <section className="mt-8 animate-appear rounded-3xl border border-dashed border-line-strong px-5 py-4">
      <h2 className="text-base font-bold">{t('demo.title')}</h2>
      <p className="mb-3 text-sm text-ink-soft">{t('demo.text')}</p>
      <ul className="flex flex-wrap gap-1.5">
        {names.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="flex min-h-9 items-center gap-2 rounded-full bg-sunken py-1 pr-3.5 pl-1 text-sm font-semibold transition-colors hover:bg-line"
              onClick={() => onPick({ email: emailOf(name), password })}
            >
              <Avatar person={{ id: emailOf(name), displayName: name }} className="size-7" />
              {name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
