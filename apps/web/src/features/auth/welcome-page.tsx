import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../design/button';
import { useTitle } from '../../design/page';
import { useTexts } from '../../language/use-texts';
import { WelcomeArt } from './welcome-art';

export function WelcomePage() {
  const t = useTexts('auth');
  useTitle(t('welcome.title'));
  return (
    <div className="mx-auto flex w-full max-w-md grow flex-col justify-center gap-7 pb-8 lg:mx-0 lg:max-w-lg lg:pb-28">
      <div className="-mx-5 min-h-0 rounded-b-[2.5rem] bg-plum bg-radial-[at_30%_10%] from-[#a3264f] to-[#4a1838] sm:-mx-10 lg:hidden">
        <WelcomeArt className="mx-auto h-[min(38dvh,24rem)] max-w-sm" />
      </div>
      <div className="grid animate-rise gap-3">
        <h1 className="text-[2.6rem] leading-[1.02] font-extrabold lg:text-6xl">{t('welcome.heading')}</h1>
        <p className="text-lg text-ink-soft">{t('welcome.text')}</p>
      </div>
      <div className="grid gap-3 sm:flex">
        <Link to="/sign-up" className={buttonClass('primary', 'lg', 'sm:grow')}>
          {t('createAccount')}
        </Link>
        <Link to="/sign-in" className={buttonClass('plain', 'lg', 'sm:grow')}>
          {t('signIn')}
        </Link>
      </div>
      <p className="text-sm text-ink-soft">{t('welcome.note')}</p>
    </div>
  );
}
