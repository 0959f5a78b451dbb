import { useTranslations } from 'use-intl';
import { Recalculated } from '../commands/recalculated.tsx';
import { useMe, useWriting } from '../company/me.ts';
import { usePeriodName } from '../company/period-name.ts';
import { money, share, valueOf, wholeMoney } from '../format/figures.ts';
import { Bar } from '../parts/figures/bar.tsx';
import { FigureList } from '../parts/figures/figure-list.tsx';
import { Bone } from '../parts/message.tsx';
import { PaceWords } from './pace-words.tsx';
import type { Attainment } from './use-attainment.ts';
import styles from './pace.module.css';

type Running = ReturnType<typeof useMe>['calendar']['current']['month'];
const kinds = ['month', 'quarter', 'year'] as const;
type PaceCardProps = { readonly kind: (typeof kinds)[number]; readonly period: Running; readonly of: Attainment };

const PaceCard = ({ kind, period, of: { achieved, target, attainment, pace } }: PaceCardProps) => {
  const t = useTranslations('targets.pace');
  const words = useTranslations('targets.kinds');
  const { locale } = useWriting();
  const nameOf = usePeriodName();
  const whole = (amount: Attainment['achieved']): string => wholeMoney(locale, amount);
  const figureOf = (name: string, amount: Attainment['achieved'] | null) =>
    amount === null ? [] : [{ name, value: whole(amount), exact: money(locale, amount) }];
  return (
    <article className={styles['card']}>
      <h2>
        {words(kind)} <small>{nameOf(period)}</small>
      </h2>
      <p className={styles['figure']}>
        <strong title={money(locale, achieved)}>{whole(achieved)}</strong>
        {target === null ? null : (
          <span>
            {t('of', { target: whole(target) })}
            {attainment === null ? null : ` · ${share(locale, attainment.ratio)}`}
          </span>
        )}
      </p>
      {target === null ? (
        <p className={styles['soft']}>{t('noTarget')}</p>
      ) : (
        <Bar
          from={0}
          to={valueOf(achieved)}
          highest={Math.max(1, valueOf(target), valueOf(achieved))}
          tick={valueOf(target)}
          mark={pace === null ? undefined : valueOf(pace.expected)}
        />
      )}
      {pace === null ? null : (
        <>
          <PaceWords pace={pace} />
          <FigureList
            of={[
              ...figureOf(t('expected'), pace.expected),
              ...figureOf(t('perDay'), pace.requiredPerDay === null || valueOf(pace.requiredPerDay) === 0 ? null : pace.requiredPerDay),
              ...figureOf(t('projected'), pace.projected),
              { name: t('left'), value: pace.workingDays.left },
            ]}
          />
        </>
      )}
    </article>
  );
};

/** How the running month, quarter and year go: achieved, what should be there by today, what each day left has to bring. */
export const PaceCards = ({ of }: { readonly of: (label: string) => Attainment | undefined }) => {
  const t = useTranslations('targets.pace');
  const { calendar } = useMe();
  return (
    <>
      <Recalculated />
      <section className={styles['cards']} aria-label={t('title')}>
        {kinds.map((kind) => {
          const attainment = of(calendar.current[kind].label);
          return attainment === undefined ? (
            <Bone key={kind} height="15rem" />
          ) : (
            <PaceCard key={kind} kind={kind} period={calendar.current[kind]} of={attainment} />
          );
        })}
      </section>
    </>
  );
};
