import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useFilter } from '../app/filter.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { useMe } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { Button } from '../parts/form/button.tsx';
import { Select } from '../parts/form/select.tsx';
import { accountChannels, accountSorts, isFiltered, noFilter, sortIn } from './account-query.ts';

/** Whose accounts, how they are sold to, and in which order; kept in the address. */
export const AccountFilters = () => {
  const t = useTranslations('accounts');
  const shell = useTranslations('shell');
  const [filter, change] = useFilter();
  const people = usePeople();
  const { roles } = useMe();
  const seesOthers = roles.some((role) => role !== 'rep');
  useKeys([{ keys: 'Shift+F', label: shell('clearFilters'), run: () => change(noFilter) }]);
  return (
    <>
      {seesOthers ? (
        <Select
          label={t('filters.owner')}
          isLabelHidden
          value={filter['owner'] ?? ''}
          options={[
            { id: '', label: t('filters.anybody') },
            ...people.active.map(({ repId, name }) => ({ id: String(repId), label: name })),
          ]}
          onChange={(owner) => change({ owner })}
        />
      ) : null}
      <Select
        label={t('filters.channel')}
        isLabelHidden
        value={filter['channel'] ?? ''}
        options={[{ id: '', label: t('filters.anyChannel') }, ...accountChannels.map((id) => ({ id, label: t(`channels.${id}`) }))]}
        onChange={(channel) => change({ channel })}
      />
      <Select
        label={t('filters.sort')}
        isLabelHidden
        value={sortIn(filter)}
        options={accountSorts.map((id) => ({ id, label: t(`filters.sorts.${id}`) }))}
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
