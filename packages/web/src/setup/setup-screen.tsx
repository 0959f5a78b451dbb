import { CircleCheck, CircleDashed } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useMe, useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { count } from '../format/figures.ts';
import { Facts } from '../parts/figures/facts.tsx';
import { Card } from '../parts/card.tsx';
import { Screen } from '../parts/screen.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import styles from './setup-screen.module.css';

/** From an empty company to the first lead: what is there, what is missing, and why it matters. */
export const SetupScreen = () => {
  const t = useTranslations('setup');
  const shell = useTranslations('shell');
  const me = useMe();
  const people = usePeople();
  const { locale } = useWriting();
  const processes = useRead('GET /processes', {}, { rhythm: 'calm' });
  const sources = useRead('GET /sources', {}, { rhythm: 'calm' });
  const routing = useRead('GET /routing', {}, { rhythm: 'calm' });
  const points = useRead('GET /points', {}, { rhythm: 'calm' });
  const leads = useRead('GET /leads', { query: { limit: 1 } }, { rhythm: 'calm' });
  const steps = [
    ['settings', me.reportingCurrency !== null],
    ['organisation', people.active.length > 0],
    ['process', (processes.data?.body.items.length ?? 0) > 0],
    ['source', (sources.data?.body.items.length ?? 0) > 0],
    ['routing', (routing.data?.body.version ?? 0) > 0],
    ['points', (points.data?.body.version ?? 0) > 0],
    ['lead', (leads.data?.body.items.length ?? 0) > 0],
  ] as const;
  return (
    <Screen title={t('title')} freshness={processes}>
      <div className={styles['columns']}>
        <Card title={t('checklist')}>
          <ol className={styles['steps']}>
            {steps.map(([step, isDone]) => (
              <li key={step} className={styles['step']} data-done={isDone ? '' : undefined}>
                {isDone ? <CircleCheck size={20} aria-hidden="true" /> : <CircleDashed size={20} aria-hidden="true" />}
                <span>
                  <strong>{t(`steps.${step}.title`)}</strong> <Tag look={isDone ? 'good' : 'warning'}>{t(isDone ? 'done' : 'missing')}</Tag>
                  <br />
                  <span className={styles['why']}>{t(`steps.${step}.why`)}</span>
                  {isDone || step === 'lead' ? null : (
                    <>
                      <br />
                      <small>{t('how', { route: t(`steps.${step}.how`) })}</small>
                    </>
                  )}
                </span>
              </li>
            ))}
          </ol>
        </Card>
        <Card title={t('facts')}>
          <Facts
            of={[
              [t('zone'), me.zone],
              [t('currency'), me.reportingCurrency ?? shell('unknown')],
              [t('year'), me.calendar.current.year.label],
              [t('teams'), count(locale, people.teams.length)],
              [t('people'), count(locale, people.active.length)],
              [t('worksCouncil'), t(me.worksCouncilMode ? 'hidden' : 'shown')],
            ]}
          />
        </Card>
      </div>
    </Screen>
  );
};
