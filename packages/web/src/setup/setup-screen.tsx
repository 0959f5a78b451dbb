import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useLocale } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useMe, useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { count } from '../format/figures.ts';
import { Card } from '../parts/card.tsx';
import { Facts } from '../parts/figures/facts.tsx';
import { Screen } from '../parts/screen.tsx';
import { Checklist } from './checklist.tsx';
import { planOfYear } from './plan-year.ts';
import { StuckCard } from './stuck-card.tsx';
import styles from './setup-screen.module.css';

/** Operations see first what is stuck; everybody else the way from an empty company to its first lead. */
export const SetupScreen = () => {
  const t = useTranslations('setup');
  const shell = useTranslations('shell');
  const me = useMe();
  const language = useLocale();
  const people = usePeople();
  const { locale } = useWriting();
  const processes = useRead('GET /processes', {}, { rhythm: 'calm' });
  const plans = useRead('GET /plans', {}, { rhythm: 'calm' }).data?.body.items ?? [];
  const currentPlan = planOfYear(me.calendar.current.year);
  const isEmpty = me.reportingCurrency === null || people.active.length === 0;
  return (
    <Screen title={t('title')} freshness={processes}>
      <div className={styles['columns']}>
        <div className={styles['panels']}>
          {me.roles.includes('operations') && !isEmpty ? <StuckCard /> : null}
          <Checklist />
          {me.roles.includes('operations') || isEmpty ? null : <StuckCard />}
        </div>
        <div className={styles['panels']}>
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
          <Card title={t('also')}>
            <ul className={styles['links']}>
              {processes.data?.body.items.map(({ processId, name }) => (
                <li key={processId}>
                  <Link to={`/setup/processes/${processId}`}>
                    {t('steps.process.title')}: {name[language]}
                  </Link>
                </li>
              ))}
              {plans.map(({ planId, fiscalYear }) => (
                <li key={planId}>
                  <Link to={`/setup/plans/${planId}`}>{t('newPlan', { year: String(fiscalYear) })}</Link>
                </li>
              ))}
              {plans.some(
                ({ planId, effectiveFrom }) => planId === currentPlan || effectiveFrom >= me.calendar.current.year.from,
              ) ? null : (
                <li>
                  <Link to="/setup/plans/new">{t('newPlan', { year: me.calendar.current.year.label })}</Link>
                </li>
              )}
              <li>
                <Link to="/setup/imports">{t('imports')}</Link>
                <p className={styles['why']}>{t('importsUnder')}</p>
              </li>
              <li>
                <Link to="/rules">{t('rules')}</Link>
              </li>
            </ul>
          </Card>
        </div>
      </div>
    </Screen>
  );
};
