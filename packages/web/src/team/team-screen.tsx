import { Printer } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useFilter } from '../app/filter.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { useMe, useWriting } from '../company/me.ts';
import { seesEverything } from '../company/nodes.ts';
import { usePeriodName } from '../company/period-name.ts';
import { usePeople } from '../company/people.ts';
import { useNodes } from '../company/use-nodes.ts';
import { day } from '../format/days.ts';
import { Button } from '../parts/form/button.tsx';
import { Card, Cards } from '../parts/card.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone, Empty } from '../parts/message.tsx';
import { NodePicker } from '../parts/node-picker.tsx';
import { PrintFoot } from '../parts/print-foot.tsx';
import { Screen } from '../parts/screen.tsx';
import { AnswersCard } from './answers-card.tsx';
import { ProgressCards } from './progress-cards.tsx';
import { SinceMondayCard } from './since-monday-card.tsx';
import { rowsOf } from './team-rows.ts';
import { TeamTable } from './team-table.tsx';

const periods = ['month', 'quarter'] as const;

/** The Monday meeting: what was expected, what is booked, who needs help, and what has changed since Monday. */
export const TeamScreen = () => {
  const t = useTranslations('team');
  const words = useTranslations('nodes');
  const me = useMe();
  const { locale } = useWriting();
  const nodes = useNodes();
  const people = usePeople();
  const nameOf = usePeriodName();
  const [filter, change] = useFilter();
  const period = periods.find((each) => each === filter['period']) ?? 'month';
  // A person has no team below; the team that they would lead is shown instead of them.
  const node = nodes.node.level === 'rep' ? nodes.first : nodes.node;
  const progress = useRead('GET /forecasts/progress', { query: { ...node } }, { rhythm: 'list', enabled: node.level !== 'rep' });
  const print = (): void => globalThis.print();
  useKeys([{ keys: 'd', label: t('print'), run: print }]);
  const title = t('title', { node: nodes.nameOf(node) });
  if (node.level === 'rep')
    return (
      <Screen title={t('none.heading')}>
        <Empty title={t('none.title')} text={t('none.text')} />
      </Screen>
    );
  const rows = rowsOf(node, nodes.groups, people.active);
  const hidesPeople = me.worksCouncilMode && !seesEverything(me);
  return (
    <Screen
      title={title}
      under={t('under', { day: day(locale, me.today) })}
      freshness={progress}
      actions={
        <Button onPress={print} hint="D">
          <Printer size={16} aria-hidden="true" />
          {t('print')}
        </Button>
      }
      filters={
        <>
          <NodePicker of={{ ...nodes, node, groups: nodes.groups.filter(({ level }) => level === 'company' || level === 'team') }} />
          <Choice
            label={t('period')}
            isLabelHidden
            value={period}
            options={periods.map((id) => ({ id, label: words(`windows.${id}`) }))}
            onChange={(id) => change({ period: id === 'month' ? undefined : id })}
          />
        </>
      }
    >
      {progress.isError && progress.data === undefined ? (
        <FailureMessage error={progress.error} retry={() => void progress.refetch()} />
      ) : null}
      {progress.data === undefined && !progress.isError ? <Bone height="13rem" /> : null}
      {progress.data === undefined ? null : (
        <ProgressCards node={node} progress={progress.data.body} isStale={progress.isPlaceholderData} />
      )}
      {/* What the meeting begins with is read first; the many figures of the table follow. */}
      {progress.isPending ? (
        <Bone height="24rem" />
      ) : (
        <>
          <Card
            title={t(rows[0]?.node.level === 'team' ? 'table.titleTeams' : 'table.title')}
            under={hidesPeople ? t('hidden') : t('table.under', { period: nameOf(me.calendar.current[period]) })}
          >
            <TeamTable node={node} rows={rows} period={period} />
          </Card>
          <Cards>
            <SinceMondayCard
              node={node}
              since={progress.data?.body.windows.find(({ window }) => window.kind === 'week')?.atStart?.day ?? undefined}
            />
            <AnswersCard />
          </Cards>
        </>
      )}
      <PrintFoot filter={`${nodes.nameOf(node)} · ${nameOf(me.calendar.current[period])}`} of={progress} />
    </Screen>
  );
};
