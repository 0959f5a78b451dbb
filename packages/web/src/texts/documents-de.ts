import { documents } from './de/documents.ts';
import { rules } from './de/rules.ts';
import { imports } from './de/imports.ts';
import { setup } from './de/setup.ts';
import { source } from './de/source.ts';
import { sources } from './de/sources.ts';

/** The texts of the screens that edit documents, and of what stands around them; nobody waits for them before they go there. */
export const documentsDe = { documents, imports, rules, setup, source, sources };
export type DocumentTexts = typeof documentsDe;
