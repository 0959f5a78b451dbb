import type { Context } from 'aws-lambda';
import { middleware } from '../function/middleware.ts';
import { live } from './live.ts';
import { liveQueues } from './live-queues.ts';
import { republish } from '../events/republish.ts';

const { table } = live();
const queues = liveQueues();
const reserveMillis = 30_000;

/** The operator's function for rebuilds; it answers where to go on before its time is over. */
export const handler = middleware((event: unknown, context: Context) =>
  republish({ table, queues, hasTimeLeft: () => context.getRemainingTimeInMillis() > reserveMillis })(event),
);
