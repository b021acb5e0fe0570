import account from '../../../features/account/texts/pt';
import calls from '../../../features/calls/texts/pt';
import chat from '../../../features/chat/texts/pt';
import connection from '../../../features/connection/texts/pt';
import discover from '../../../features/discover/texts/pt';
import emoji from '../../../features/emoji/texts/pt';
import encryption from '../../../features/encryption/texts/pt';
import friends from '../../../features/friends/texts/pt';
import groups from '../../../features/groups/texts/pt';
import likes from '../../../features/likes/texts/pt';
import location from '../../../features/location/texts/pt';
import matches from '../../../features/matches/texts/pt';
import notifications from '../../../features/notifications/texts/pt';
import onboarding from '../../../features/onboarding/texts/pt';
import photos from '../../../features/photos/texts/pt';
import presence from '../../../features/presence/texts/pt';
import profile from '../../../features/profile/texts/pt';
import reports from '../../../features/reports/texts/pt';
import settings from '../../../features/settings/texts/pt';
import type { Translated } from '../../translated';
import type english from './en';

export default {
  account,
  calls,
  chat,
  connection,
  discover,
  emoji,
  encryption,
  friends,
  groups,
  likes,
  location,
  matches,
  notifications,
  onboarding,
  photos,
  presence,
  profile,
  reports,
  settings,
} satisfies Translated<typeof english>;
