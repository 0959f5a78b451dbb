import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useFilter } from '../app/filter.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { Bone } from '../parts/message.tsx';
import { Screen, type Freshness } from '../parts/screen.tsx';
import { Board } from './board.tsx';
import { OpenSheet } from './open-sheet.tsx';
import { SavedViews } from '../views/saved-views.tsx';
import { OpportunityFilters } from './opportunity-filters.tsx';
import { OpportunityList } from './opportunity-list.tsx';

/** All opportunities by how far the customer has come, as a board or as a list; both by the same filter. */
export const OpportunitiesScreen = () => {
  const t = useTranslations('opportunities');
  const language = useLocale();
  const [filter, change] = useFilter();
  const [freshness, setFreshness] = useState<Freshness>({ dataUpdatedAt: 0, isPending: true, isError: false });
  const [isOpening, setOpening] = useState(false);
  const processes = useRead('GET /processes', {}, { rhythm: 'calm' }).data?.body.items;
  const process = processes?.find(({ processId }) => processId === filter['process']) ?? processes?.[0];
  const view = filter['view'] === 'list' ? 'list' : 'board';
  useKeys([{ keys: 'c', label: t('open.action'), run: () => setOpening(true) }]);
  return (
    <Screen
      title={t('title')}
      freshness={freshness}
      actions={
        <Button hint="C" onPress={() => setOpening(true)}>
          {t('open.action')}
        </Button>
      }
      filters={
        <>
          <Choice
            label={t('views.label')}
            isLabelHidden
            value={view}
            options={[
              { id: 'board', label: t('views.board') },
              { id: 'list', label: t('views.list') },
            ]}
            onChange={(id) => change({ view: id === 'list' ? 'list' : undefined, status: undefined, reached: undefined })}
          />
          {processes === undefined || processes.length < 2 ? null : (
            <Choice
              label={t('process')}
              isLabelHidden
              value={String(process?.processId)}
              options={processes.map((each) => ({ id: String(each.processId), label: each.name[language] }))}
              onChange={(id) => change({ process: id, reached: undefined })}
            />
          )}
          <SavedViews list="opportunities" />
          <OpportunityFilters withStatus={view === 'list'} />
        </>
      }
    >
      {process === undefined ? <Bone height="30rem" /> : null}
      {process !== undefined && view === 'board' ? <Board process={process} onFresh={setFreshness} /> : null}
      {process !== undefined && view === 'list' ? (
        <OpportunityList processes={processes ?? []} process={process} onFresh={setFreshness} />
      ) : null}
      {isOpening && process !== undefined ? <OpenSheet processId={process.processId} onClose={() => setOpening(false)} /> : null}
    </Screen>
  );
};
