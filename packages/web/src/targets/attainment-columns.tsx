import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useWriting } from '../company/me.ts';
import { money, share, valueOf, wholeMoney } from '../format/figures.ts';
import { Bar } from '../parts/figures/bar.tsx';
import type { Column } from '../parts/table/data-table.tsx';
import { Bone } from '../parts/message.tsx';
import { unsigned } from './amounts.ts';
import { expectedShare } from './pace-figures.ts';
import { PaceWords } from './pace-words.tsx';
import type { Attainment, AttainmentOf } from './use-attainment.ts';
import styles from './targets-screen.module.css';

/** The bar ends at one and a half times the target; what lies beyond is told by the figure. */
const longest = 1.5;

const AttainmentBar = ({ of: { attainment, ...rest } }: { readonly of: Attainment }) =>
  attainment === null ? null : (
    <Bar
      from={0}
      to={Math.min(attainment.ratio, longest)}
      highest={longest}
      tick={1}
      mark={expectedShare(rest)}
      tone={attainment.ratio >= 1 ? 'good' : 'figure'}
      isHollow={attainment.ratio < 0}
    />
  );

/** The figures of a line, whatever the line is about. */
export const useAttainmentColumns = <Row,>({ of, isPending }: AttainmentOf<Row>, hasNodesBelow = true): readonly Column<Row>[] => {
  const t = useTranslations('targets.columns');
  const { locale } = useWriting();
  const cell = (show: (attainment: Attainment) => ReactNode) => (row: Row) => {
    const attainment = of(row);
    if (attainment === undefined) return isPending ? <Bone width="4rem" /> : '–';
    return show(attainment);
  };
  const whole = (amount: Attainment['achieved']) => <span title={money(locale, amount)}>{wholeMoney(locale, amount)}</span>;
  const columns: readonly Column<Row>[] = [
    { id: 'achieved', head: t('achieved'), isNumber: true, cell: cell(({ achieved }) => whole(achieved)) },
    { id: 'bar', head: '', cell: cell((attainment) => <AttainmentBar of={attainment} />) },
    {
      id: 'attainment',
      head: t('attainment'),
      isNumber: true,
      cell: cell(({ attainment }) => (attainment === null ? '–' : <strong>{share(locale, attainment.ratio)}</strong>)),
    },
    {
      id: 'target',
      head: t('target'),
      isNumber: true,
      cell: cell(({ target }) => (target === null ? t('noTarget') : whole(target))),
    },
    {
      id: 'pace',
      head: t('pace'),
      isNumber: true,
      cell: cell(({ pace }) =>
        pace === null ? (
          '–'
        ) : (
          <>
            {whole(pace.expected)}
            <small className={styles['soft']}>
              <PaceWords pace={pace} />
            </small>
          </>
        ),
      ),
    },
    { id: 'rolledUp', head: t('rolledUp'), isNumber: true, cell: cell(({ rolledUp }) => (rolledUp === null ? '–' : whole(rolledUp))) },
    {
      id: 'gap',
      head: t('gap'),
      isNumber: true,
      cell: cell(({ gap }) => {
        if (gap === null) return '–';
        return valueOf(gap) > 0 ? (
          <span title={money(locale, gap)}>{t('missing', { amount: wholeMoney(locale, gap) })}</span>
        ) : (
          <span className={styles['good']}>{t('reached', { amount: wholeMoney(locale, unsigned(gap)) })}</span>
        );
      }),
    },
  ];
  return columns.filter(({ id }) => hasNodesBelow || id !== 'rolledUp');
};
