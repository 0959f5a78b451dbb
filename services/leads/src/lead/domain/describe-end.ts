import type { LeadStatus } from '@meilenstein/contracts';
import type { Language } from '@meilenstein/kernel';
import { leadTexts } from './texts.ts';

/** Why a lead is closed, in words. */
export const describeEnd = (status: LeadStatus, language: Language): string =>
  leadTexts[language].ends[status] ?? leadTexts[language].ended;
