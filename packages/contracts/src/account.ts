import { accountId } from '@meilenstein/kernel';
import * as z from 'zod';

/** A company is business data; without its name where the customer is a natural person. */
export const account = z.object({ id: accountId, name: z.string().min(1).max(200).nullable() });
export type Account = z.infer<typeof account>;
