import * as z from 'zod';
import { type Operation, ServiceError } from '../endpoint/json-service.ts';
import type { EventBus } from './event-bus.ts';

const entrySchema = z.object({
  Time: z.number().optional(),
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().default('default'),
  Resources: z.array(z.string()).default([]),
});

type Entry = z.infer<typeof entrySchema>;
type Result = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

const maxEntries = 10;
const maxBytes = 1_048_576;

/** EventBridge's API, as far as publishers need it. */
export function eventOperations(bus: EventBus): Readonly<Record<string, Operation>> {
  return {
    'AWSEvents.PutEvents': (input) => {
      const { Entries } = z.object({ Entries: z.array(entrySchema) }).parse(input);
      if (Entries.length === 0 || Entries.length > maxEntries) {
        throw new ServiceError(
          'ValidationException',
          `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${maxEntries}, inclusive`,
        );
      }
      if (Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > maxBytes) {
        throw new ServiceError('ValidationException', 'Total size of the entries in the request is over the limit.');
      }
      const results = Entries.map((entry) => put(bus, entry));
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
  };
}

/** Bytes that count against the limit: a time counts 14. */
function sizeOf({ Time, Source = '', DetailType = '', Detail = '', Resources }: Entry): number {
  return (Time === undefined ? 0 : 14) + [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function put(bus: EventBus, { Source, DetailType, Detail, EventBusName, Resources, Time }: Entry): Result {
  const missing = Object.entries({ Source, DetailType, Detail }).find(([, value]) => value === undefined || value === '');
  if (missing !== undefined || Source === undefined || DetailType === undefined || Detail === undefined) {
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${missing?.[0]} is not valid. Reason: ${missing?.[0]} is a required argument.`,
    };
  }
  if (Source.startsWith('aws.'))
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: `Not authorized for the source ${Source}.` };
  if (!bus.hasBus(EventBusName))
    return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${EventBusName} does not exist.` };
  const detail = readJson(Detail);
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail))
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const time = Time === undefined ? {} : { time: new Date(Time * 1000).toISOString() };
  return { EventId: bus.put(EventBusName, { source: Source, detailType: DetailType, detail, resources: Resources, ...time }) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
