/** The endpoints as services, for apps with one client: `configure({ baseURL })` once, then call them from anywhere. */
export { adminService } from './admin-service';
export { authService } from './auth-service';
export { blockService } from './block-service';
export { callService } from './call-service';
export { chatService } from './chat-service';
export { developmentService } from './development-service';
export { friendService } from './friend-service';
export { likeService } from './like-service';
export { locationService } from './location-service';
export { matchService } from './match-service';
export { notificationService } from './notification-service';
export { outboxService } from './outbox-service';
export { profileService } from './profile-service';
export { realtimeService } from './realtime-service';
export { reportService } from './report-service';
export { settingsService } from './settings-service';
export { userService } from './user-service';
