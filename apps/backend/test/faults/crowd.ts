import { startTestBackend } from '../rig/backend';
import { type Someone, signIn, talkingPair } from '../rig/people';

/** Someone in the crowd, as they sign in on each of their devices. */
export interface Member {
  readonly name: string;
  readonly who: Someone;
  /** By device, `who` the first. */
  readonly signedIn: readonly Someone[];
  readonly conversationIds: readonly string[];
}

const atOnce = 8;
/** Every third has a second device. */
const twoDevicesEach = 3;

/** Makes people who talk in pairs. By a backend of its own, which is gone before they begin. */
export async function makeCrowd(many: number, databaseUrl: string): Promise<Member[]> {
  const backend = await startTestBackend('postgres', { env: { DATABASE_URL: databaseUrl } });
  const members: Member[] = [];

  async function makePair(pair: number): Promise<void> {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    for (const [side, who] of [ada, ben].entries()) {
      const number = pair * 2 + side;
      const signedIn = number % twoDevicesEach === 0 ? [who, await signIn(backend.baseURL, who)] : [who];
      members.push({ name: `${side === 0 ? 'Ada' : 'Ben'} ${pair}`, who, signedIn, conversationIds: [conversationId] });
    }
  }

  for (let pair = 0; pair < many / 2; pair += atOnce)
    await Promise.all(Array.from({ length: Math.min(atOnce, many / 2 - pair) }, (_, index) => makePair(pair + index)));
  await backend.close();
  // In the same order in every run, however they came to be.
  return members.sort((one, other) => (one.name < other.name ? -1 : 1));
}
