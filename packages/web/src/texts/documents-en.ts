import type { DocumentTexts } from './documents-de.ts';
import { documents } from './en/documents.ts';
import { rules } from './en/rules.ts';

export const documentsEn: DocumentTexts = { documents, rules };
