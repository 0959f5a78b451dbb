import { documents } from './de/documents.ts';
import { rules } from './de/rules.ts';

/** The texts of the screens that edit documents; nobody waits for them before they go there. */
export const documentsDe = { documents, rules };
export type DocumentTexts = typeof documentsDe;
