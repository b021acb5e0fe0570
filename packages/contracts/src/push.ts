import * as z from 'zod';

export const PushProvider = z
  .enum(['fcm', 'expo'])
  .meta({ id: 'PushProvider', description: 'Whose push service knows the token.', examples: ['fcm'] });
export type PushProvider = z.infer<typeof PushProvider>;
