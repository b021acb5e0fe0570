import account from '../../../features/account/texts/fr';
import calls from '../../../features/calls/texts/fr';
import chat from '../../../features/chat/texts/fr';
import connection from '../../../features/connection/texts/fr';
import discover from '../../../features/discover/texts/fr';
import emoji from '../../../features/emoji/texts/fr';
import encryption from '../../../features/encryption/texts/fr';
import friends from '../../../features/friends/texts/fr';
import groups from '../../../features/groups/texts/fr';
import likes from '../../../features/likes/texts/fr';
import location from '../../../features/location/texts/fr';
import matches from '../../../features/matches/texts/fr';
import notifications from '../../../features/notifications/texts/fr';
import onboarding from '../../../features/onboarding/texts/fr';
import photos from '../../../features/photos/texts/fr';
import presence from '../../../features/presence/texts/fr';
import profile from '../../../features/profile/texts/fr';
import reports from '../../../features/reports/texts/fr';
import settings from '../../../features/settings/texts/fr';
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
