import { repId } from '@meilenstein/kernel';
import * as z from 'zod';

/** The most records that one command hands over. */
export const mostHandedOver = 200;

/** From whom to whom. */
export const handOver = z.strictObject({ from: repId, to: repId });

/** What became of each record; `code` is the rule that refused it. */
export const handOverView = z.object({
  items: z.array(z.object({ id: z.string(), state: z.enum(['given', 'refused']), code: z.string().nullable() })),
  /** whether there is more to hand over: send the command again */
  more: z.boolean(),
});
