import { reportingOnFact } from '@meilenstein/contracts';
import { foldEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { FactDeps } from '../../live-reporting.ts';

export const onFact = ({ stores }: FactDeps, consumer: EventConsumerDeps) => foldEvents(reportingOnFact, stores.facts.fold, consumer);
