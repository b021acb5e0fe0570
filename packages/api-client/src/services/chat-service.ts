import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, conversations, media, messages } from '../wire';

/**
 * Conversations and their messages. `send` sends once and rejects when it fails; `outboxService.send` takes the message and
 * sends it when the network allows.
 */
export const chatService: Api['conversations'] & Api['media'] & Api['messages'] = /* @__PURE__ */ (() => ({
  ...bindGroup<Api['conversations']>(defaultRequest, 'conversations', conversations),
  ...bindGroup<Api['media']>(defaultRequest, 'media', media),
  ...bindGroup<Api['messages']>(defaultRequest, 'messages', messages),
}))();
