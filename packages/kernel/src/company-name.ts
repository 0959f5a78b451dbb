import { foldCase } from './fold-case.ts';

/** A company's name as it is compared: spellings that differ only in case, spaces and punctuation are one company. */
export const normalisedCompany = (name: string): string =>
  foldCase(name.normalize('NFKC'))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
