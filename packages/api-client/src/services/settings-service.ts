import type { Api } from '../wire';
import { userService } from './user-service';

/** The preferences of the signed-in user: notifications, privacy, app, discovery. */
export const settingsService: Pick<Api['users'], 'preferences' | 'updatePreferences'> = userService;
