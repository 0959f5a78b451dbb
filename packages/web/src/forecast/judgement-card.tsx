import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useKeys } from '../keyboard/keys.tsx';
import { useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { instant } from '../format/days.ts';
import { money } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { Card } from '../parts/card.tsx';
import type { Asked, Forecast } from './forecast-reading.ts';
import type { Judgement } from './use-judgement.ts';
import styles from './judgement-card.module.css';

const JudgementSheet = lazy(async () => ({ default: (await import('./judgement-sheet.tsx')).JudgementSheet }));

type JudgementCardProps = {
  readonly asked: Asked;
  readonly forecast: Forecast;
  readonly judgement: Judgement | undefined;
  readonly mayJudge: boolean;
};

/** A person's own figure with its reason, beside the computed one and never mixed with it. */
export const JudgementCard = ({ asked, forecast, judgement, mayJudge }: JudgementCardProps) => {
  const t = useTranslations('forecast.judgement');
  const { locale, zone } = useWriting();
  const people = usePeople();
  const [isOpen, setIsOpen] = useState(false);
  useKeys(mayJudge ? [{ keys: 'n', label: t('make'), run: () => setIsOpen(true) }] : []);
  const earlier = judgement?.versions.slice(0, -1).toReversed() ?? [];
  return (
    <Card
      title={t('title')}
      under={t('under')}
      actions={
        mayJudge ? (
          <Button look="primary" hint="N" onPress={() => setIsOpen(true)}>
            {t(judgement === undefined ? 'make' : 'change')}
          </Button>
        ) : undefined
      }
    >
      {judgement === undefined ? (
        <p className={styles['soft']}>{t('none')}</p>
      ) : (
        <div className={styles['judgement']}>
          <strong className={styles['amount']}>{money(locale, judgement.amount)}</strong>
          <blockquote className={styles['reason']}>{judgement.reason ?? t('noReason')}</blockquote>
          <p className={styles['soft']}>
            {judgement.madeAt === undefined
              ? t('notYet')
              : t('madeBy', {
                  person: judgement.madeBy === null || judgement.madeBy === undefined ? t('somebody') : people.nameOf(judgement.madeBy),
                  time: instant(locale, judgement.madeAt, zone),
                })}
            {judgement.computed === undefined ? null : ` ${t('computedThen', { mean: money(locale, judgement.computed) })}`}
          </p>
        </div>
      )}
      {earlier.length === 0 ? null : (
        <details className={styles['earlier']}>
          <summary>{t('earlier', { count: earlier.length })}</summary>
          <ol>
            {earlier.map(({ version, amount, reason, madeAt }) => (
              <li key={version}>
                <strong>{money(locale, amount)}</strong> · {instant(locale, madeAt, zone)}
                {reason === null ? null : <p className={styles['soft']}>{reason}</p>}
              </li>
            ))}
          </ol>
        </details>
      )}
      <Suspense fallback={null}>
        {isOpen ? <JudgementSheet asked={asked} forecast={forecast} onClose={() => setIsOpen(false)} /> : null}
      </Suspense>
    </Card>
  );
};
