import { useTranslations } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { money } from '../format/figures.ts';
import { compareTotals, totalText } from './compare-totals.ts';
import styles from './reports-screen.module.css';

type Run = Item<'GET /reports/{reportId}/runs'>;

const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** What a restatement changed, control total by control total. */
export const TotalDifferences = ({ before, now }: { readonly before: Run; readonly now: Run }) => {
  const t = useTranslations('reports');
  const { locale } = useWriting();
  const units = now.manifest.controlTotalUnits ?? {};
  const totalsOf = ({ manifest }: Run) => Object.assign({}, ...manifest.files.map(({ controlTotals }) => controlTotals));
  const text = (name: string, value: number): string => {
    const unit = units[name];
    if (unit?.unit !== 'minor-units') return totalText(value, undefined, 0);
    return money(locale, { amount: totalText(value, unit.currency, decimalsOf(unit.currency)), currency: unit.currency });
  };
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">{t('total')}</th>
          <th scope="col" className={styles['number']}>
            {t('before', { version: before.version })}
          </th>
          <th scope="col" className={styles['number']}>
            {t('before', { version: now.version })}
          </th>
          <th scope="col" className={styles['number']}>
            {t('difference')}
          </th>
        </tr>
      </thead>
      <tbody>
        {compareTotals(totalsOf(before), totalsOf(now)).map(({ name, before: earlier, now: later, difference }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className={styles['number']}>{earlier === undefined ? '–' : text(name, earlier)}</td>
            <td className={styles['number']}>{text(name, later)}</td>
            <td className={styles['number']}>{text(name, difference)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
