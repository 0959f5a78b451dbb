import type { DocumentTexts } from './documents-de.ts';
import { documents } from './en/documents.ts';
import { rules } from './en/rules.ts';
import { imports } from './en/imports.ts';
import { setup } from './en/setup.ts';
import { source } from './en/source.ts';
import { sources } from './en/sources.ts';

export const documentsEn: DocumentTexts = { documents, imports, rules, setup, source, sources };
