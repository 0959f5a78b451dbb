import { importId } from '@meilenstein/kernel';
import * as z from 'zod';

/** The name of the system that a file comes from; part of every derived id. */
export const importSystem = z.string().regex(/^[a-z0-9-]{1,40}$/, 'has 1 to 40 small letters, digits or -, such as old-crm');

/** What is said when somebody starts an import: the rows say the rest. */
export const importStart = z.object({ importId, system: importSystem });
