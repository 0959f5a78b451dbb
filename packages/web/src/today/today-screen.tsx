import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useFilter } from '../app/filter.ts';
import { useMe, useWriting } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { useHeldCommands } from '../commands/command-context.ts';
import { day } from '../format/days.ts';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { LeadSection } from './lead-section.tsx';
import { MonthPanel } from './month-panel.tsx';
import { leadSectionOf, leadSections, opportunitySectionOf, opportunitySections } from './day-lines.ts';
import { OpportunitySection } from './opportunity-section.tsx';
import styles from './today-screen.module.css';

/** What is to be done today, in the server's order; each line can be finished here. */
export const TodayScreen = () => {
  const t = useTranslations('today');
  const me = useMe();
  const people = usePeople();
  const { locale } = useWriting();
  const [filter] = useFilter();
  const rep = filter['rep'] ?? me.repId ?? undefined;
  const query = filter['rep'] === undefined ? {} : { rep };
  const enabled = rep !== undefined;
  const leads = useRead('GET /today/leads', { query }, { enabled });
  const opportunities = useRead('GET /today/opportunities', { query }, { enabled });
  const held = new Set(useHeldCommands().flatMap(({ entity, state }) => (state === 'failed' ? [] : [entity])));
  if (rep === undefined)
    return (
      <Screen title={t('title')}>
        <Empty title={t('notSelling.title')} text={t('notSelling.text')} />
      </Screen>
    );
  const leadLines = leads.data?.body.lines.filter(
    ({ leadId, reason }) => !held.has(`lead:${leadId}`) && !(reason.code === 'task-due' && held.has(`task:${reason.taskId}`)),
  );
  const opportunityLines = opportunities.data?.body.lines.filter(({ opportunityId }) => !held.has(`opportunity:${opportunityId}`));
  const isWaiting = leadLines === undefined && !leads.isError;
  const isClear = leadLines?.length === 0 && opportunityLines?.length === 0;
  return (
    <Screen
      title={filter['rep'] === undefined ? t('title') : t('of', { person: people.nameOf(rep) })}
      under={day(locale, me.today)}
      freshness={leads}
    >
      <div className={styles['columns']}>
        <div className={styles['lines']}>
          {isWaiting ? <Bone height="24rem" /> : null}
          {isClear ? <Empty title={t('clear.title')} text={t('clear.text')} /> : null}
          {leads.isError && leadLines === undefined ? <FailureMessage error={leads.error} retry={() => void leads.refetch()} /> : null}
          {leadSections.map((section) => (
            <LeadSection
              key={section}
              title={t(`sections.${section}`)}
              lines={(leadLines ?? []).filter((line) => leadSectionOf(line) === section)}
            />
          ))}
          {opportunities.isError && opportunityLines === undefined ? (
            <FailureMessage error={opportunities.error} retry={() => void opportunities.refetch()} />
          ) : null}
          {opportunitySections.map((section) => (
            <OpportunitySection
              key={section}
              title={t(`sections.${section}`)}
              lines={(opportunityLines ?? []).filter((line) => opportunitySectionOf(line) === section)}
            />
          ))}
        </div>
        <MonthPanel rep={rep} />
      </div>
    </Screen>
  );
};
