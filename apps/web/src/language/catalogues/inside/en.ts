import account from '../../../features/account/texts/en';
import calls from '../../../features/calls/texts/en';
import chat from '../../../features/chat/texts/en';
import connection from '../../../features/connection/texts/en';
import discover from '../../../features/discover/texts/en';
import emoji from '../../../features/emoji/texts/en';
import encryption from '../../../features/encryption/texts/en';
import friends from '../../../features/friends/texts/en';
import groups from '../../../features/groups/texts/en';
import likes from '../../../features/likes/texts/en';
import location from '../../../features/location/texts/en';
import matches from '../../../features/matches/texts/en';
import notifications from '../../../features/notifications/texts/en';
import onboarding from '../../../features/onboarding/texts/en';
import photos from '../../../features/photos/texts/en';
import presence from '../../../features/presence/texts/en';
import profile from '../../../features/profile/texts/en';
import reports from '../../../features/reports/texts/en';
import settings from '../../../features/settings/texts/en';

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
};
