import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../design/button';
import { useTitle } from '../../design/page';
import { WelcomeArt } from './welcome-art';

export function WelcomePage() {
  useTitle('Welcome');
  return (
    <div className="mx-auto flex w-full max-w-md grow flex-col justify-center gap-7 pb-8 lg:mx-0 lg:max-w-lg lg:pb-28">
      <div className="-mx-5 min-h-0 rounded-b-[2.5rem] bg-plum bg-radial-[at_30%_10%] from-[#a3264f] to-[#4a1838] sm:-mx-10 lg:hidden">
        <WelcomeArt className="mx-auto h-[min(38dvh,24rem)] max-w-sm" />
      </div>
      <div className="grid animate-rise gap-3">
        <h1 className="text-[2.6rem] leading-[1.02] font-extrabold lg:text-6xl">Meet someone worth calling.</h1>
        <p className="text-lg text-ink-soft">
          Find each other, talk for as long as you like, and when it feels right, see each other on video.
        </p>
      </div>
      <div className="grid gap-3 sm:flex">
        <Link to="/sign-up" className={buttonClass('primary', 'lg', 'sm:grow')}>
          Create account
        </Link>
        <Link to="/sign-in" className={buttonClass('plain', 'lg', 'sm:grow')}>
          Sign in
        </Link>
      </div>
      <p className="text-sm text-ink-soft">For adults only. Nobody sees your email, and you choose who sees your profile.</p>
    </div>
  );
}
