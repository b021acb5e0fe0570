import { type ApiClient, createApiClient, storedTokens } from '@app/api-client';
import {
  ApiProvider,
  useAuth,
  useCall,
  useChat,
  useConversations,
  useDiscovery,
  useMatch,
  useRealtimeStatus,
  useUser,
} from '@app/api-client/react';

export function makeClient(baseURL: string): ApiClient {
  return createApiClient({ baseURL, ...storedTokens(localStorage), platform: 'web' });
}

function Chat({ conversationId }: { conversationId: string }) {
  const { messages, send } = useChat(conversationId);
  return (
    <section>
      {messages.map(({ clientId, text, delivery }) => (
        <p key={clientId}>
          {text} ({delivery})
        </p>
      ))}
      <button type="button" onClick={() => send('Hello')}>
        Send
      </button>
    </section>
  );
}

function Home() {
  const { isSignedIn, login } = useAuth();
  const { user } = useUser();
  const { conversations } = useConversations();
  const { current } = useDiscovery();
  const { matches } = useMatch();
  const { state } = useCall();
  const status = useRealtimeStatus();
  const [first] = conversations;
  if (!isSignedIn) {
    return (
      <button type="button" onClick={() => void login({ email: 'ada@example.com', password: 'correct horse battery' })}>
        Sign in
      </button>
    );
  }
  return (
    <main>
      <h1>{user?.displayName}</h1>
      <p>
        {matches.length} matches, {current?.displayName}, call {state}, {status.state}
      </p>
      {first && <Chat conversationId={first.id} />}
    </main>
  );
}

export function App({ client }: { client: ApiClient }) {
  return (
    <ApiProvider client={client}>
      <Home />
    </ApiProvider>
  );
}
