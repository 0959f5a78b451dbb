import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useSend } from '../app/api.ts';
import { useMe, useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { seesEverything } from '../company/nodes.ts';
import { signedMoney, signedShare, valueOf, wholeMoney } from '../format/figures.ts';
import { Button } from '../parts/form/button.tsx';
import { Card } from '../parts/card.tsx';
import type { Column } from '../parts/table/data-table.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import { Range } from '../parts/form/range.tsx';
import { useDelayed } from '../parts/use-delayed.ts';
import type { Asked, Forecast } from './forecast-reading.ts';
import { asItIs, factors, isChanged, repsBehind, type Assumptions } from './assumptions.ts';
import styles from './what-if-card.module.css';

const figures = ['p10', 'p50', 'p90', 'mean'] as const;

type Figures = Forecast | Answer<'POST /forecasts/what-if'>['whatIf'];

const useColumns = (real: Figures, assumed: Figures | undefined): readonly Column<(typeof figures)[number]>[] => {
  const t = useTranslations('forecast.whatIf');
  const { locale } = useWriting();
  return [
    { id: 'figure', head: '', isLead: true, cell: (id) => t(`figures.${id}`) },
    { id: 'real', head: t('real'), isNumber: true, cell: (id) => wholeMoney(locale, real[id]) },
    {
      id: 'assumed',
      head: t('assumed'),
      isNumber: true,
      cell: (id) => (assumed === undefined ? '–' : <strong>{wholeMoney(locale, assumed[id])}</strong>),
    },
  ];
};

/** The forecast under other assumptions, beside the real one; nothing is stored. */
export const WhatIfCard = ({ asked, forecast }: { readonly asked: Asked; readonly forecast: Forecast }) => {
  const t = useTranslations('forecast.whatIf');
  const { locale } = useWriting();
  const send = useSend();
  const me = useMe();
  const people = usePeople();
  const [assumed, setAssumed] = useState<Assumptions>(asItIs);
  const delayed = useDelayed(assumed, 350);
  const body = { ...asked, ...delayed, lostReps: [...delayed.lostReps] };
  const isAsked = isChanged(delayed);
  const { data, isError, error, isFetching } = useQuery({
    queryKey: ['what-if', body],
    queryFn: ({ signal }) => send('POST /forecasts/what-if', { body }, { signal }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  const result = isAsked && isChanged(assumed) ? data?.body : undefined;
  const reps = me.worksCouncilMode && !seesEverything(me) ? [] : repsBehind(asked, people.active);
  const columns = useColumns(result?.asItIs ?? forecast, result?.whatIf);
  const percent = (factor: number): string => (factor === 1 ? t('unchanged') : signedShare(locale, factor - 1));
  return (
    <Card
      title={t('title')}
      under={t('under')}
      actions={
        isChanged(assumed) ? (
          <Button look="quiet" onPress={() => setAssumed(asItIs)}>
            {t('reset')}
          </Button>
        ) : undefined
      }
    >
      <div className={styles['sliders']}>
        {factors.map((factor) => (
          <Range
            key={factor}
            label={t(factor)}
            value={assumed[factor]}
            lowest={0.5}
            highest={1.5}
            step={0.05}
            shown={percent(assumed[factor])}
            onChange={(value) => setAssumed({ ...assumed, [factor]: value })}
          />
        ))}
      </div>
      {reps.length < 2 ? null : (
        <details className={styles['people']}>
          <summary>{assumed.lostReps.length === 0 ? t('people') : t('peopleChosen', { count: assumed.lostReps.length })}</summary>
          <ul>
            {reps.map(({ repId, name }) => (
              <li key={repId}>
                <label>
                  <input
                    type="checkbox"
                    checked={assumed.lostReps.includes(repId)}
                    onChange={(event) =>
                      setAssumed({
                        ...assumed,
                        lostReps: event.target.checked ? [...assumed.lostReps, repId] : assumed.lostReps.filter((each) => each !== repId),
                      })
                    }
                  />
                  {name}
                </label>
              </li>
            ))}
          </ul>
        </details>
      )}
      {isError ? <FailureMessage error={error} /> : null}
      <div aria-live="polite" aria-busy={isFetching} className={styles['result']}>
        <PlainTable label={t('result')} rows={figures} rowId={(id) => id} columns={columns} />
        <p className={styles['words']}>
          {result === undefined
            ? t('none')
            : t(valueOf(result.difference) < 0 ? 'less' : 'more', { difference: signedMoney(locale, result.difference) })}
        </p>
      </div>
    </Card>
  );
};
