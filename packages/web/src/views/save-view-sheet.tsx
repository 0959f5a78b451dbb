import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '../company/me.ts';
import { seesEverything } from '../company/nodes.ts';
import { usePeople } from '../company/people.ts';
import { Button } from '../parts/form/button.tsx';
import { Select } from '../parts/form/select.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { TextField } from '../parts/form/text-field.tsx';

export type NewView = { readonly name: string; readonly teamId: string | null };

/** The teams that somebody may share a view with: their own and those that they lead; all of them for those who see everything. */
const useSharing = (): readonly { readonly key: string; readonly name: string }[] => {
  const me = useMe();
  const { teams, teamOf } = usePeople();
  if (seesEverything(me)) return teams;
  const ids = new Set([...(me.teamId === null ? [] : [me.teamId]), ...me.teamsLed.map(({ teamId }) => teamId)].map(String));
  return [...ids].map((key) => ({ key, name: teamOf(key) }));
};

/** Asks for the name of a new view, and with whom it is shared. */
export const SaveViewSheet = ({ onSave, onClose }: { readonly onSave: (view: NewView) => void; readonly onClose: () => void }) => {
  const t = useTranslations('views');
  const shell = useTranslations('shell');
  const teams = useSharing();
  const [name, setName] = useState('');
  const [teamId, setTeamId] = useState('');
  const [isChecked, setChecked] = useState(false);
  const submit = (): void => {
    setChecked(true);
    if (name.trim() !== '') onSave({ name: name.trim(), teamId: teamId === '' ? null : teamId });
  };
  return (
    <Sheet
      title={t('newTitle')}
      isOpen
      at="middle"
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell('cancel')}</Button>
          <Button look="primary" onPress={submit}>
            {t('submit')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        value={name}
        onChange={setName}
        maxLength={60}
        autoFocus
        error={isChecked && name.trim() === '' ? t('nameMissing') : undefined}
      />
      {teams.length === 0 ? null : (
        <Select
          label={t('sharing')}
          value={teamId}
          options={[{ id: '', label: t('onlyMe') }, ...teams.map(({ key, name: team }) => ({ id: key, label: t('withTeam', { team }) }))]}
          onChange={setTeamId}
        />
      )}
    </Sheet>
  );
};
