import { allApis } from '@meilenstein/contracts';
import { middleware } from '../function/middleware.ts';
import { answerUnserved } from '../http/answer-unserved.ts';

/** Answers every request that no route of the gateway takes. */
export const handler = middleware(answerUnserved(allApis));
