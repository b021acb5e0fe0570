import account from '../../../features/account/texts/de';
import calls from '../../../features/calls/texts/de';
import chat from '../../../features/chat/texts/de';
import connection from '../../../features/connection/texts/de';
import discover from '../../../features/discover/texts/de';
import emoji from '../../../features/emoji/texts/de';
import encryption from '../../../features/encryption/texts/de';
import friends from '../../../features/friends/texts/de';
import groups from '../../../features/groups/texts/de';
import likes from '../../../features/likes/texts/de';
import location from '../../../features/location/texts/de';
import matches from '../../../features/matches/texts/de';
import notifications from '../../../features/notifications/texts/de';
import onboarding from '../../../features/onboarding/texts/de';
import photos from '../../../features/photos/texts/de';
import presence from '../../../features/presence/texts/de';
import profile from '../../../features/profile/texts/de';
import reports from '../../../features/reports/texts/de';
import settings from '../../../features/settings/texts/de';
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
