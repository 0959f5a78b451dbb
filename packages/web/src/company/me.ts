import { createContext, use } from 'react';
import type { Answer } from '../api/routes.ts';
import { localeOf } from '../format/locale.ts';
import { useLocale } from 'use-intl';

/** Who is signed in, and what of the company everything else needs. */
export type Me = Answer<'GET /me'>;

export const MeContext = createContext<Me | undefined>(undefined);

export const useMe = (): Me => {
  const me = use(MeContext);
  if (me === undefined) throw new Error('useMe is called outside of MeContext');
  return me;
};

/** What the formatters need: how numbers are written here, and the company's time zone. */
export const useWriting = (): { readonly locale: string; readonly zone: string } => ({ locale: localeOf(useLocale()), zone: useMe().zone });
