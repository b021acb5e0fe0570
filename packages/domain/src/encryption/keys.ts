import * as z from 'zod';

const Signatures = z.record(z.string(), z.record(z.string(), z.string()));

/** Keys as devices sign them. What else stands in it is signed too, and none of the service's business. */
const Signed = z.looseObject({
  user_id: z.string(),
  device_id: z.string().optional(),
  keys: z.record(z.string(), z.string()),
  signatures: Signatures.optional(),
});
export type SignedKeys = z.infer<typeof Signed>;

/** The keys in a text that a device sent; undefined where it is none. Their signatures are for devices to verify: the service could lie. */
export function readKeys(text: string): SignedKeys | undefined {
  const parsed = Signed.safeParse(jsonOf(text));
  return parsed.success ? parsed.data : undefined;
}

/** Whether a text is JSON that holds one object. */
export function isObject(text: string): boolean {
  const value = jsonOf(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The public key that an identity's key consists of; undefined where it is not one. */
export function publicKeyOf({ keys }: SignedKeys): string | undefined {
  const [only, ...more] = Object.values(keys);
  return more.length === 0 ? only : undefined;
}

/** As many as a device or an identity bears: of every device of the person, and of their identity. */
const mostSignatures = 100;

/** Keys with the signatures that one person has added to them. Who else has signed is not taken from what they sent. */
export function withSignatures(kept: SignedKeys, given: SignedKeys, signer: string): SignedKeys {
  const own = { ...kept.signatures?.[signer], ...given.signatures?.[signer] };
  const newest = Object.fromEntries(Object.entries(own).slice(-mostSignatures));
  return { ...kept, signatures: { ...kept.signatures, [signer]: newest } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
