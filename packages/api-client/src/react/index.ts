export type { CallEndReason, CallError, CallErrorCode, CallPhase } from './call-store';
export { type CacheStore, indexedDbCache, type KeepCacheOptions, type KeptCache, keepCache, type Persist } from './kept-cache';
export {
  type ApiInfiniteQuery,
  type ApiKey,
  type ApiMutation,
  type ApiQuery,
  apiInfiniteQuery,
  apiMutation,
  apiQuery,
  type ListId,
} from './options';
export { ApiProvider, type ApiProviderProps, useApi } from './provider';
export type { ChatMessage, Delivery } from './timeline';
export { type UseAccountResult, type UseStatisticsResult, useAccount, useStatistics } from './use-account';
export { type UseAuthResult, useAuth } from './use-auth';
export { type UseBlocksResult, useBlocks } from './use-blocks';
export { type UseCallResult, useCall } from './use-call';
export { type UseChatOptions, type UseChatResult, useChat } from './use-chat';
export { type UseConnectionResult, useConnection } from './use-connection';
export { type UseConversationsOptions, type UseConversationsResult, useConversations, useUnreadTotal } from './use-conversations';
export { type DiscoveryFilters, type UseDiscoveryResult, useDiscovery } from './use-discovery';
export { type UseDraftResult, useDraft } from './use-draft';
export { type UseFriendRequestsResult, type UseFriendsResult, useFriendRequests, useFriends } from './use-friends';
export { type UseGroupOptions, type UseGroupResult, useGroup } from './use-group';
export { type UseLikesResult, useLikeCount, useLikes } from './use-likes';
export { type Somewhere, type UseLocationResult, type UsePlacesResult, useLocation, usePlaces } from './use-location';
export { type UseMatchResult, useMatch } from './use-match';
export { type MediaFile, type MediaFileState, useMediaFile } from './use-media-file';
export { useMediaLink } from './use-media-link';
export { type UseMessageSearchResult, useMessageSearch } from './use-message-search';
export {
  type UseNotificationsOptions,
  type UseNotificationsResult,
  useNotificationListener,
  useNotifications,
  useUnreadNotifications,
} from './use-notifications';
export { type PhotoUpload, type UsePhotosResult, usePhotos } from './use-photos';
export { type UsePinnedMessagesResult, usePinnedMessages } from './use-pinned-messages';
export { usePresence } from './use-presence';
export { useRealtimeStatus } from './use-realtime-status';
export { type UseReceiptsResult, useReceipts } from './use-receipts';
export { type OpenedEvidence, type ReportableMessage, type UseReportsResult, useReports } from './use-reports';
export { type UseSignInResult, type UseVerificationResult, useSignIn, useVerification } from './use-sign-in';
export { type UseProfileResult, type UseSessionsResult, type UseUserResult, useProfile, useSessions, useUser } from './use-user';
export type { MediaTrack, MediaTracks, PeerConnection, WebRtc } from './web-rtc';
