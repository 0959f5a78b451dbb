import type { Buckets } from './bucket/bucket-server.ts';
import type { Faults } from './dynamodb/embedded/faults.ts';
import type { Functions } from './functions/functions.ts';
import type { LocalIssuer, TokenRequest } from './issuer/local-issuer.ts';
import type { Persona } from './issuer/persona.ts';
import type { Message } from './queues/message.ts';
import type { Movement } from './quiet.ts';
import type { Queues } from './queues/queues.ts';
import type { Schedules } from './schedule/schedules.ts';

/** A running cloud in a box. */
export type Cloud = {
  /** Base address of the HTTP API. */
  readonly apiUrl: string;
  /** Where a person opens the page, where the templates have one. */
  readonly pageUrl: string;
  /** `AWS_ENDPOINT_URL_*`, region and credentials, as functions get them: build SDK clients with these. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly tokenFor: (request: TokenRequest) => Promise<string>;
  /** Replaces those as whom a person may sign in at the issuer; nobody, until this is called. */
  readonly offerPersonas: (personas: readonly Persona[]) => void;
  /** The folder in which a bucket's objects lie as plain files. */
  readonly bucketFolder: (bucketName: string) => string;
  readonly logsFolder: string;
  /** Logs, buckets, archives and mails lie below this folder as plain files. */
  readonly dataFolder: string;
  /** @returns what the function answered @throws with the function's error when it failed */
  readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
  /** Fires a schedule's target as if it were due at that time (ISO 8601). @returns what the target answered */
  readonly runSchedule: (scheduleName: string, scheduledTime: string) => Promise<unknown>;
  /**
   * Comes back when nothing is under way; waits for as long as something moves, and tells `onLook` how much was done and is left.
   * @throws after `stillMillis` (60 s) without any movement, naming what stands still
   */
  readonly quiet: (stillMillis?: number, onLook?: (movement: Movement) => void) => Promise<void>;
  /** How many events and messages were delivered so far, and how many wait. */
  readonly movement: () => Movement;
  readonly queues: {
    readonly names: () => readonly string[];
    readonly depth: (name: string) => number;
    readonly peek: (name: string) => readonly Message[];
    /** Moves dead letters to a queue; without a name to where SQS had them from, which a letter that a function sent does not know. @returns how many */
    readonly redrive: (deadLetterQueueName: string, destinationQueueName?: string) => number;
  };
  /** Kills every process of a function at once. */
  readonly killFunction: (name: string) => Promise<void>;
  /** Delivers nothing to a function until it is released. */
  readonly holdFunction: (name: string) => void;
  readonly releaseFunction: (name: string) => void;
  /** Switches trouble of the tables on or off: conflicts, throttling, indexes that lag. @throws where another database than the embedded one keeps them */
  readonly troubleTables: (faults: Partial<Faults>) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The running parts, as the start leaves them. */
export type RunningParts = {
  readonly apiUrl: string;
  readonly pageUrl: string;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly logsFolder: string;
  readonly dataFolder: string;
  readonly issuer: LocalIssuer;
  readonly functions: Functions;
  readonly queues: Queues;
  readonly buckets: Buckets;
  readonly schedules: Schedules;
  readonly setFaults: ((faults: Partial<Faults>) => Promise<void>) | undefined;
  readonly quiet: Cloud['quiet'];
  readonly movement: Cloud['movement'];
  readonly stop: () => Promise<void>;
};

/** What a caller may do with a started cloud. */
export function toCloud(state: RunningParts): Cloud {
  const { functions, queues, issuer, buckets } = state;
  return {
    apiUrl: state.apiUrl,
    pageUrl: state.pageUrl,
    endpoints: state.endpoints,
    tokenFor: issuer.tokenFor,
    offerPersonas: issuer.offerPersonas,
    bucketFolder: buckets.folder,
    logsFolder: state.logsFolder,
    dataFolder: state.dataFolder,
    invoke: async (functionName, payload) => {
      const outcome = await functions.named(functionName).invoke(JSON.stringify(payload ?? null));
      if (outcome.failed) throw new Error(`${functionName}: ${outcome.payload}`);
      return readAnswer(outcome.payload);
    },
    runSchedule: async (scheduleName, scheduledTime) => {
      const outcome = await state.schedules.fire(scheduleName, scheduledTime);
      if (outcome.failed) throw new Error(`${scheduleName}: ${outcome.payload}`);
      return readAnswer(outcome.payload);
    },
    quiet: state.quiet,
    movement: state.movement,
    queues: {
      names: () => queues.all.map((queue) => queue.name),
      depth: (name) => queues.named(name).messages().length,
      peek: (name) => queues.named(name).messages(),
      redrive: (name, destination) => queues.redrive(name, destination),
    },
    killFunction: (name) => functions.named(name).kill(),
    holdFunction: (name) => functions.named(name).hold(),
    releaseFunction: (name) => functions.named(name).release(),
    troubleTables: async (faults) => {
      if (state.setFaults === undefined) throw new Error('only the embedded database can simulate trouble; leave out the other one');
      await state.setFaults(faults);
    },
    stop: state.stop,
  };
}

const readAnswer = (payload: string): unknown => JSON.parse(payload === '' ? 'null' : payload);
