import { reportingOnCompanyChanged } from '@meilenstein/contracts';
import { foldEvents, type EventDoorDeps } from '@meilenstein/runtime';
import type { FactDeps } from '../../live-reporting.ts';

export const onCompanyChanged = ({ shelves }: FactDeps, door: EventDoorDeps) =>
  foldEvents(reportingOnCompanyChanged, shelves.company.fold, door);
