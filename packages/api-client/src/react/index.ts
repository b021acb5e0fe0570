export { ApiProvider, type ApiProviderProps, useApi } from './provider';
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
export { useAuth, type UseAuthResult } from './use-auth';
export {
  useCall,
  type CallEndReason,
  type CallError,
  type CallErrorCode,
  type CallPhase,
  type UseCallResult,
} from './use-call';
export { useChat, type ChatMessage, type Delivery, type UseChatOptions, type UseChatResult } from './use-chat';
export { useConversations, useUnreadTotal, type UseConversationsResult } from './use-conversations';
export { useDiscovery, type DiscoveryFilters, type UseDiscoveryResult } from './use-discovery';
export { useMatch, type UseMatchResult } from './use-match';
export { useRealtimeStatus } from './use-realtime-status';
export { useProfile, useSessions, useUser, type UseProfileResult, type UseSessionsResult, type UseUserResult } from './use-user';
export type { MediaSource, PeerConnection, WebRtc } from './web-rtc';
