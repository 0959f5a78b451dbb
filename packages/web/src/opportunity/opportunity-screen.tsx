import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { versionIn } from '../commands/send-commands.ts';
import { useFilter } from '../app/filter.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { remember } from '../keyboard/recent.ts';
import { useRead } from '../api/use-read.ts';
import { usePatched } from '../commands/command-context.ts';
import { Button } from '../parts/form/button.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Bone } from '../parts/message.tsx';
import { Screen } from '../parts/screen.tsx';
import { Tag } from '../parts/figures/tag.tsx';
import { Evidence } from './evidence.tsx';
import { OpportunityFacts } from './opportunity-facts.tsx';
import styles from './opportunity-screen.module.css';
import { OpportunitySheets, type OpenSheet } from './opportunity-sheets.tsx';
import { Road } from './road.tsx';
import { useAccountTitle } from './account-title.ts';
import { useMe } from '../company/me.ts';

/** One opportunity: the road, what the customer did, and what is known. */
export const OpportunityScreen = () => {
  const t = useTranslations('opportunity');
  const recordTexts = useTranslations('record');
  const language = useLocale();
  const { roles } = useMe();
  const params: { readonly opportunityId?: string } = useParams({ strict: false });
  const opportunityId = params.opportunityId ?? '';
  const [filter, change] = useFilter();
  const reading = useRead('GET /opportunities/{opportunityId}', { path: { opportunityId } }, { rhythm: 'record' });
  const processes = useRead('GET /processes', {}, { rhythm: 'calm' });
  const patched = usePatched();
  const titleOf = useAccountTitle();
  const [chosen, setChosen] = useState<OpenSheet>();
  const setOpen = (kind: 'record' | 'respond' | 'amend' | 'lose' | 'cancel' | 'correct-order' | 'reopen'): void => setChosen({ kind });
  const open = chosen ?? (filter['record'] === undefined ? undefined : ({ kind: 'record' } as const));
  const opportunity = reading.data === undefined ? undefined : patched(`opportunity:${opportunityId}`, reading.data.body);
  const process = processes.data?.body.items.find(({ processId }) => processId === opportunity?.processId);
  const version = versionIn(reading.data?.etag ?? null) ?? '';
  const title = opportunity === undefined ? undefined : titleOf(opportunity);
  useEffect(() => {
    if (title !== undefined) remember({ path: `/opportunities/${opportunityId}`, title });
  }, [title, opportunityId]);
  const isOpen = opportunity?.status === 'open';
  const isWon = opportunity?.status === 'won';
  const isClosed = opportunity?.status === 'lost' || opportunity?.status === 'cancelled';
  const mayCancel = isWon && roles.some((role) => role !== 'rep');
  useKeys(
    isOpen
      ? [
          { keys: 'm', label: recordTexts('openShort'), run: () => setOpen('record') },
          { keys: 'r', label: t('respond.action'), run: () => setOpen('respond') },
          { keys: 'e', label: t('editAmount'), run: () => setOpen('amend') },
          { keys: 'x', label: t('lose.action'), run: () => setOpen('lose') },
        ]
      : isWon
        ? [{ keys: 'e', label: t('putRight.order.action'), run: () => setOpen('correct-order') }]
        : isClosed
          ? [{ keys: 'r', label: t('reopen.action'), run: () => setOpen('reopen') }]
          : [],
  );
  const close = (): void => {
    setChosen(undefined);
    if (filter['record'] !== undefined) change({ record: undefined });
  };
  if (reading.isError && opportunity === undefined)
    return (
      <Screen title={t('back')}>
        <FailureMessage error={reading.error} retry={() => void reading.refetch()} />
      </Screen>
    );
  if (opportunity === undefined || process === undefined || title === undefined)
    return (
      <Screen title={<Bone width="14rem" height="1.6rem" />} freshness={reading}>
        <Bone height="9rem" />
        <Bone height="18rem" />
      </Screen>
    );
  const next = process.milestones.find(({ id }) => id === opportunity.nextMilestoneId);
  return (
    <Screen
      title={
        <span className={styles['title']}>
          {title} <Tag look={opportunity.status}>{t(`statuses.${opportunity.status}`)}</Tag>
        </span>
      }
      under={<Link to="/opportunities">{t('back')}</Link>}
      freshness={reading}
      actions={
        <>
          {isOpen ? (
            <>
              <Button onPress={() => setOpen('lose')} hint="X">
                {t('lose.action')}
              </Button>
              <Button onPress={() => setOpen('respond')} hint="R">
                {t('respond.action')}
              </Button>
              <Button look="primary" hint="M" onPress={() => setOpen('record')}>
                {next === undefined ? recordTexts('openShort') : recordTexts('open', { milestone: next.name[language] })}
              </Button>
            </>
          ) : null}
          {isWon ? (
            <Button onPress={() => setOpen('correct-order')} hint="E">
              {t('putRight.order.action')}
            </Button>
          ) : null}
          {isClosed ? (
            <Button onPress={() => setOpen('reopen')} hint="R">
              {t('reopen.action')}
            </Button>
          ) : null}
          {mayCancel ? (
            <Button look="danger" onPress={() => setOpen('cancel')}>
              {t('cancel.action')}
            </Button>
          ) : null}
        </>
      }
    >
      <Road opportunity={opportunity} process={process} />
      <div className={styles['columns']}>
        <Evidence
          opportunity={opportunity}
          process={process}
          onCorrect={(recorded) => setChosen({ kind: 'correct', recorded })}
          onWithdraw={(entry, what) => setChosen({ kind: 'withdraw', entry, what })}
        />
        <OpportunityFacts opportunity={opportunity} process={process} onAmend={isOpen ? () => setOpen('amend') : undefined} />
      </div>
      {open === undefined ? null : (
        <OpportunitySheets
          open={open}
          opportunity={opportunity}
          version={version}
          process={process}
          milestoneId={filter['record']}
          title={title}
          onClose={close}
        />
      )}
    </Screen>
  );
};
