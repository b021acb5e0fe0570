/** Two people in their one spelling: the id that sorts first comes first. */
export function pairOf(one: string, other: string): { userA: string; userB: string } {
  return one < other ? { userA: one, userB: other } : { userA: other, userB: one };
}
