import { reportingOnCompanyChanged } from '@meilenstein/contracts';
import { foldEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import type { FactDeps } from '../../live-reporting.ts';

export const onCompanyChanged = ({ stores }: FactDeps, consumer: EventConsumerDeps) =>
  foldEvents(reportingOnCompanyChanged, stores.company.fold, consumer);
