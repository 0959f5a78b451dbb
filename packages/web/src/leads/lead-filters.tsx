import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useFilter } from '../app/filter.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { useMe } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { Select } from '../parts/form/select.tsx';
import { isFiltered, leadSorts, leadStates, noFilter, sortIn, stateIn } from './lead-query.ts';

/** Whose leads, in which state, in which order; kept in the address. */
export const LeadFilters = () => {
  const t = useTranslations('leads.filters');
  const shell = useTranslations('shell');
  const [filter, change] = useFilter();
  const people = usePeople();
  const { repId, roles } = useMe();
  const seesOthers = roles.some((role) => role !== 'rep');
  const queues = useRead('GET /queues', {}, { rhythm: 'calm' }).data?.body.items ?? [];
  useKeys([{ keys: 'Shift+F', label: shell('clearFilters'), run: () => change(noFilter) }]);
  return (
    <>
      {seesOthers && repId !== null ? (
        <Choice
          label={t('label')}
          isLabelHidden
          value={filter['whose'] === 'mine' ? 'mine' : 'all'}
          options={[
            { id: 'all', label: t('all') },
            { id: 'mine', label: t('mine') },
          ]}
          onChange={(whose) => change({ whose: whose === 'mine' ? 'mine' : undefined, owner: undefined })}
        />
      ) : null}
      {queues.length === 0 ? null : (
        <Select
          label={t('queues')}
          isLabelHidden
          value={filter['queue'] ?? ''}
          options={[
            { id: '', label: t('anyQueue') },
            ...queues.map(({ queueId, leads }) => ({ id: queueId, label: t('queue', { queue: queueId, count: leads }) })),
          ]}
          onChange={(queue) => change({ queue })}
        />
      )}
      {seesOthers && people.teams.length > 1 ? (
        <Select
          label={t('team')}
          isLabelHidden
          value={filter['team'] ?? ''}
          options={[{ id: '', label: t('anyTeam') }, ...people.teams.map(({ key, name }) => ({ id: key, label: name }))]}
          onChange={(team) => change({ team })}
        />
      ) : null}
      <Select
        label={t('status')}
        isLabelHidden
        value={stateIn(filter)}
        options={leadStates.map((id) => ({ id, label: t(`states.${id}`) }))}
        onChange={(status) => change({ status: status === 'open' ? undefined : status })}
      />
      <Select
        label={t('sort')}
        isLabelHidden
        value={sortIn(filter)}
        options={leadSorts.map((id) => ({ id, label: t(`sorts.${id}`) }))}
        onChange={(sort) => change({ sort })}
      />
      {isFiltered(filter) ? (
        <Button look="quiet" onPress={() => change(noFilter)}>
          <X size={16} aria-hidden="true" />
          {shell('clearFilters')}
        </Button>
      ) : null}
    </>
  );
};
