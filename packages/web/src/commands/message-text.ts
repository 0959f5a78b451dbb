import type { de } from '../texts/de.ts';

/** The name of the sentence that tells what a command does. */
export type MessageText = keyof (typeof de)['commands']['messages'];
