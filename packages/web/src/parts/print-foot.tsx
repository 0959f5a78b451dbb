import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useMe, useWriting } from '../company/me.ts';
import { instant, isoAt } from '../format/days.ts';
import type { Freshness } from './screen.tsx';

/**
 * Puts what is shown, as of when and for whom at the foot of each printed page. The style of the page takes it from a property of the root,
 * because nothing inside of the page reaches into its margin.
 */
export const PrintFoot = ({ filter, of: { dataUpdatedAt } }: { readonly filter: string; readonly of: Freshness }) => {
  const t = useTranslations('shell');
  const me = useMe();
  const { locale, zone } = useWriting();
  const time = dataUpdatedAt === 0 ? '–' : instant(locale, isoAt(dataUpdatedAt), zone);
  const person = me.name ?? me.roles.map((role) => t(`roles.${role}`)).join(', ');
  const text = [t('product'), filter, t('state.live', { time }), person].join(' · ');
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--print-foot', JSON.stringify(text));
    return () => {
      style.removeProperty('--print-foot');
    };
  }, [text]);
  return null;
};
