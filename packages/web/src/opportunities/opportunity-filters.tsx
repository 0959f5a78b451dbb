import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useFilter } from '../app/filter.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { useMe } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { Button } from '../parts/form/button.tsx';
import { Select } from '../parts/form/select.tsx';
import { ToggleChip } from '../parts/form/toggle-chip.tsx';
import { isFiltered, noFilter, sorts, statusIn, statuses } from './opportunity-query.ts';

/** The filter of board and list, kept in the address. */
export const OpportunityFilters = ({ withStatus }: { readonly withStatus: boolean }) => {
  const t = useTranslations('opportunities.filters');
  const shell = useTranslations('shell');
  const [filter, change] = useFilter();
  const people = usePeople();
  const { roles } = useMe();
  const seesOthers = roles.some((role) => role !== 'rep');
  const sort = sorts.find((each) => each === filter['sort']) ?? 'newest';
  useKeys([{ keys: 'Shift+F', label: shell('clearFilters'), run: () => change(noFilter) }]);
  return (
    <>
      {seesOthers && people.teams.length > 1 ? (
        <Select
          label={t('team')}
          isLabelHidden
          value={filter['team'] ?? ''}
          options={[{ id: '', label: t('anyTeam') }, ...people.teams.map(({ key, name }) => ({ id: key, label: name }))]}
          onChange={(team) => change({ team })}
        />
      ) : null}
      {seesOthers ? (
        <Select
          label={t('owner')}
          isLabelHidden
          value={filter['owner'] ?? ''}
          options={[{ id: '', label: t('anybody') }, ...people.active.map(({ repId, name }) => ({ id: String(repId), label: name }))]}
          onChange={(owner) => change({ owner })}
        />
      ) : null}
      {withStatus ? (
        <Select
          label={t('status')}
          isLabelHidden
          value={statusIn(filter)}
          options={statuses.map((id) => ({ id, label: t(`statuses.${id}`) }))}
          onChange={(status) => change({ status, stalled: undefined })}
        />
      ) : null}
      <Select
        label={t('sort')}
        isLabelHidden
        value={sort}
        options={sorts.map((id) => ({ id, label: t(`sorts.${id}`) }))}
        onChange={(id) => change({ sort: id })}
      />
      <ToggleChip isOn={filter['stalled'] === 'true'} onChange={(isOn) => change({ stalled: isOn ? 'true' : undefined })}>
        {t('stalled')}
      </ToggleChip>
      {isFiltered(filter) ? (
        <Button look="quiet" onPress={() => change(noFilter)}>
          <X size={16} aria-hidden="true" />
          {shell('clearFilters')}
        </Button>
      ) : null}
    </>
  );
};
