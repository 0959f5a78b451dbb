import { randomUUID } from 'node:crypto';
import type { System } from '../assembly/system.ts';
import { accountId, arnOf, region } from '../account-and-region.ts';
import { eventMatcher } from './event-pattern.ts';
import { deliver, type Delivery } from './rule-delivery.ts';

export type BusEvent = {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
  readonly time?: string;
};

/** The buses of the system with their rules. */
export type EventBus = {
  /** Puts one event on a bus and hands it to the targets of every rule that matches. @returns the event's id */
  readonly put: (busName: string, event: BusEvent) => string;
  readonly hasBus: (busName: string) => boolean;
  /** How many events were put so far. */
  readonly received: () => number;
  /** Deliveries that are still being tried. */
  readonly underWay: () => number;
};

/** Keeps an event that an archive asks for. */
export type KeepInArchive = (archiveName: string, body: string) => void;

export function createEventBus(
  system: Pick<System, 'rules' | 'busNames' | 'archives'>,
  delivery: Delivery & { readonly keep: KeepInArchive },
): EventBus {
  const rules = system.rules
    .filter(({ properties }) => properties.State === 'ENABLED')
    .map(({ path, name, properties }) => ({
      busName: busNameOf(properties.EventBusName),
      arn: arnOf('events', `rule/${name}`),
      matches: readPattern(path, properties.EventPattern),
      targets: properties.Targets,
    }));
  const archives = system.archives.map(({ path, name, properties }) => ({
    name,
    busName: busNameOf(properties.SourceArn),
    matches: properties.EventPattern === undefined ? () => true : readPattern(path, properties.EventPattern),
  }));
  const busNames = new Set(['default', ...system.busNames]);
  let underWay = 0;
  let received = 0;
  return {
    hasBus: (busName) => busNames.has(busNameOf(busName)),
    received: () => received,
    underWay: () => underWay,
    put: (busName, event) => {
      received += 1;
      const envelope = toEnvelope(event);
      const body = JSON.stringify(envelope);
      for (const archive of archives)
        if (archive.busName === busNameOf(busName) && archive.matches(envelope)) delivery.keep(archive.name, body);
      for (const rule of rules) {
        if (rule.busName !== busNameOf(busName) || !rule.matches(envelope)) continue;
        for (const target of rule.targets) {
          underWay += 1;
          void deliver({ target, ruleArn: rule.arn, body }, delivery).finally(() => {
            underWay -= 1;
          });
        }
      }
      return envelope.id;
    },
  };
}

/** A bus is named by its name or by its ARN. */
const busNameOf = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

function readPattern(path: string, pattern: unknown) {
  try {
    return eventMatcher(pattern);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function toEnvelope({ source, detailType, detail, resources = [], time }: BusEvent) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: accountId,
    // EventBridge gives whole seconds.
    time: (time ?? new Date().toISOString()).replace(/\.\d+Z$/, 'Z'),
    region,
    resources,
    detail,
  };
}
