import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useFilter } from '../app/filter.ts';
import { useNodes } from '../company/use-nodes.ts';
import { useProcesses } from '../company/processes.ts';
import { Button } from '../parts/form/button.tsx';
import { Card } from '../parts/card.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { Pick } from '../parts/form/pick.tsx';
import { Screen } from '../parts/screen.tsx';
import { FunnelSteps } from './funnel-card.tsx';
import { dimensionsIn, funnelsOf, type Funnel } from './funnels.ts';
import { LeakCard } from './leak-card.tsx';
import { SilentTable } from './silent-table.tsx';
import styles from './leaks-screen.module.css';

const everything = 'all';

/** Where fewer customers go on than before, what it costs, and who is silent. */
export const LeaksScreen = () => {
  const t = useTranslations('leaks');
  const shell = useTranslations('shell');
  const [filter, change] = useFilter();
  const processes = useProcesses();
  const nodes = useNodes({ isSelling: true });
  const process = filter['process'];
  const reading = useRead('GET /leaks', { query: { process } }, { rhythm: 'calm' });
  const flows = reading.data?.body.flows;
  const dimensions = dimensionsIn(flows ?? []);
  const dimension = dimensions.find((each) => each === filter['by']) ?? dimensions[0];
  const milestonesOf = (processId: string) =>
    processes.all.find((each) => each.processId === processId)?.milestones.map(({ id }) => id) ?? [];
  const funnels = funnelsOf(
    (flows ?? []).filter((flow) => flow.dimension === dimension),
    milestonesOf,
  );
  const nameOf = ({ processId, dimension: level, key }: Pick<Funnel, 'processId' | 'dimension' | 'key'>): string => {
    if (level === 'process') return processes.nameOf(processId);
    const name = key === 'none' ? t('noSegment') : nodes.nameOf({ level, key });
    return processes.all.length > 1 ? `${name} · ${processes.nameOf(processId)}` : name;
  };
  const leaking = (flows ?? []).filter(({ leak }) => leak);
  return (
    <Screen
      title={t('title')}
      under={t('under')}
      freshness={reading}
      filters={
        <>
          {processes.all.length < 2 && process === undefined ? null : (
            <Pick
              label={t('process')}
              isLabelHidden
              value={process ?? everything}
              groups={[
                {
                  options: [
                    { id: everything, label: t('allProcesses') },
                    ...processes.all.map(({ processId }) => ({ id: processId, label: processes.nameOf(processId) })),
                  ],
                },
              ]}
              onChange={(id) => change({ process: id === everything ? undefined : id })}
            />
          )}
          {dimension === undefined || dimensions.length < 2 ? null : (
            <Choice
              label={t('by')}
              isLabelHidden
              value={dimension}
              options={dimensions.map((id) => ({ id, label: t(`dimensions.${id}`) }))}
              onChange={(id) => change({ by: id === dimensions[0] ? undefined : id })}
            />
          )}
        </>
      }
    >
      {reading.isError && flows === undefined ? <FailureMessage error={reading.error} retry={() => void reading.refetch()} /> : null}
      {flows === undefined && !reading.isError ? <Bone height="18rem" /> : null}
      {leaking.length === 0 ? null : (
        <section className={styles['cards']} aria-label={t('leaks')}>
          {leaking.map((flow) => (
            <LeakCard
              key={`${flow.processId} ${flow.dimension} ${flow.key} ${flow.milestoneId ?? ''}`}
              flow={flow}
              where={t(`where.${flow.dimension}`, { name: nameOf(flow) })}
            />
          ))}
        </section>
      )}
      {flows !== undefined && flows.length > 0 && leaking.length === 0 ? <p className={styles['good']}>{t('noLeak')}</p> : null}
      {funnels.map((funnel) => (
        <Card key={funnel.id} title={nameOf(funnel)}>
          <FunnelSteps funnel={funnel} label={nameOf(funnel)} />
        </Card>
      ))}
      {flows?.length === 0 && process !== undefined ? (
        <Empty
          title={t('emptyFiltered')}
          action={<Button onPress={() => change({ process: undefined })}>{shell('clearFilters')}</Button>}
        />
      ) : null}
      {reading.data === undefined ? null : <SilentTable process={process} />}
      {funnels.length === 0 ? null : <p className={styles['soft']}>{t('explained')}</p>}
    </Screen>
  );
};
