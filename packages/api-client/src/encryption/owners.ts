/** The name that keys bear of someone. The service expects it to be this one. */
export function ownerOf(userId: string): string {
  return `@${userId}:heartline`;
}

export function userIdOf(owner: string): string {
  return owner.slice(1, owner.indexOf(':'));
}

/** The name that keys bear of a conversation. */
export function roomOf(conversationId: string): string {
  return `!${conversationId}:heartline`;
}
