import type { Conversation } from '@app/contracts';
import { startTestBackend } from '../rig/backend';
import { match, type Someone, signIn, talkingPair } from '../rig/people';

/** Someone in the crowd, as they sign in on each of their devices. */
export interface Member {
  readonly name: string;
  readonly who: Someone;
  /** By device, `who` the first. */
  readonly signedIn: readonly Someone[];
  /** The one of their pair, and their group. */
  readonly conversationIds: readonly string[];
}

const atOnce = 8;
/** So many pairs are in a group together. */
const pairsInGroup = 4;
/** Every third has a second device. */
const twoDevicesEach = 3;

/** Makes people who talk in pairs and in groups. By a backend of its own, which is gone before they begin. */
export async function makeCrowd(many: number, databaseUrl: string): Promise<Member[]> {
  const backend = await startTestBackend('postgres', { env: { DATABASE_URL: databaseUrl } });
  const pairs: Member[][] = [];

  async function makePair(pair: number): Promise<void> {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    const members: Member[] = [];
    for (const [side, who] of [ada, ben].entries()) {
      const number = pair * 2 + side;
      const signedIn = number % twoDevicesEach === 0 ? [who, await signIn(backend.baseURL, who)] : [who];
      members.push({ name: `${side === 0 ? 'Ada' : 'Ben'} ${pair}`, who, signedIn, conversationIds: [conversationId] });
    }
    pairs[pair] = members;
  }

  /** The first one knows all the others. */
  async function makeGroup(members: readonly Member[]): Promise<Member[]> {
    const [owner, partner, ...others] = members.map(({ who }) => who);
    if (owner === undefined || partner === undefined) return [];
    for (const other of others) await match(owner, other);
    const asGroup = { name: `Around ${members[0]?.name}`, userIds: [partner, ...others].map(({ id }) => id) };
    const { id } = await owner.do<Conversation>('groups.create', asGroup);
    return members.map((member) => ({ ...member, conversationIds: [...member.conversationIds, id] }));
  }

  for (let pair = 0; pair < many / 2; pair += atOnce)
    await Promise.all(Array.from({ length: Math.min(atOnce, many / 2 - pair) }, (_, index) => makePair(pair + index)));
  const crowd: Member[] = [];
  for (let pair = 0; pair < pairs.length; pair += pairsInGroup)
    crowd.push(...(await makeGroup(pairs.slice(pair, pair + pairsInGroup).flat())));
  await backend.close();
  return crowd;
}
