import { useTranslations } from 'use-intl';
import { useMe, useWriting } from '../app/me.ts';
import { instant, isoAt } from '../format/days.ts';
import type { Freshness } from './screen.tsx';
import styles from './print-foot.module.css';

/** At the foot of each printed page: what is shown, as of when, and for whom. The page number stands beside it, from the style of the page. */
export const PrintFoot = ({ filter, of: { dataUpdatedAt } }: { readonly filter: string; readonly of: Freshness }) => {
  const t = useTranslations('shell');
  const me = useMe();
  const { locale, zone } = useWriting();
  const time = dataUpdatedAt === 0 ? '–' : instant(locale, isoAt(dataUpdatedAt), zone);
  return (
    <p className={styles['foot']} aria-hidden="true">
      {t('product')} · {filter} · {t('state.live', { time })} · {me.name ?? me.roles.map((role) => t(`roles.${role}`)).join(', ')}
    </p>
  );
};
