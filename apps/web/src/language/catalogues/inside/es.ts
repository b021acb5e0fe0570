import account from '../../../features/account/texts/es';
import calls from '../../../features/calls/texts/es';
import chat from '../../../features/chat/texts/es';
import connection from '../../../features/connection/texts/es';
import discover from '../../../features/discover/texts/es';
import emoji from '../../../features/emoji/texts/es';
import encryption from '../../../features/encryption/texts/es';
import friends from '../../../features/friends/texts/es';
import groups from '../../../features/groups/texts/es';
import likes from '../../../features/likes/texts/es';
import location from '../../../features/location/texts/es';
import matches from '../../../features/matches/texts/es';
import notifications from '../../../features/notifications/texts/es';
import onboarding from '../../../features/onboarding/texts/es';
import photos from '../../../features/photos/texts/es';
import presence from '../../../features/presence/texts/es';
import profile from '../../../features/profile/texts/es';
import reports from '../../../features/reports/texts/es';
import settings from '../../../features/settings/texts/es';
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
