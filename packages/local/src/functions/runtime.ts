import type { FunctionDefinition } from './function-definition.ts';
import type { HandedInvocation } from './inside/run-handler.ts';
import type { Outcome } from './outcome.ts';

/** What a process or thread tells about itself. */
export type RuntimeEvents = {
  /** It is ready for an invocation. @param usedMillis processor time that it has used by now, where it can tell that cheaply */
  readonly onNext: (usedMillis?: number) => void;
  /** It has received the invocation that was handed over: from now on the handler may have begun. */
  readonly onTaken: () => void;
  readonly onSettled: (outcome: Outcome) => void;
  /** The bundle could not be loaded; its end follows. */
  readonly onInitError: (payload: string) => void;
  /** It has ended. @param how `exit status 7`, `signal: SIGKILL`, `out of memory` */
  readonly onExit: (how: string) => void;
};

/** The process or thread in which one instance of a function runs. */
export type Runtime = {
  readonly hand: (invocation: HandedInvocation) => void;
  /** Processor time since its start, in milliseconds. */
  readonly usedMillis: () => Promise<number>;
  readonly kill: () => void;
};

/** Starts a function; what it prints goes to the open file `logFile`. */
export type StartRuntime = (definition: FunctionDefinition, logFile: number, events: RuntimeEvents) => Runtime;
