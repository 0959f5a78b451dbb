import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMe, useWriting } from '../company/me.ts';
import { copied, isRecord, type Json } from '../documents/json.ts';
import type { EditedDocument } from '../documents/use-document.ts';
import { day } from '../format/days.ts';
import { count } from '../format/figures.ts';
import { Card } from '../parts/card.tsx';
import { Button } from '../parts/form/button.tsx';
import { Empty } from '../parts/message.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import { ItemSheet } from './item-sheet.tsx';
import {
  documentFrom,
  organisationIn,
  withoutPerson,
  withoutTeam,
  withPerson,
  withTeam,
  type Organisation,
  type Person,
  type Team,
} from './organisation-document.ts';
import { useOrganisationShapes } from './organisation-shape.ts';

/** A row that is edited; its id stays what it is, and is empty while the row is new. */
type Open = {
  readonly kind: 'team' | 'person';
  readonly index: number;
  readonly id: string;
  readonly item: Omit<Team, 'teamId'> | Omit<Person, 'repId'>;
};
type ActionsProps = { readonly name: string; readonly onEdit: () => void; readonly onRemove: () => void };

const filled = (item: Json, names: readonly string[]): boolean =>
  isRecord(item) && names.every((name) => String(item[name] ?? '').trim() !== '');

const Actions = ({ name, onEdit, onRemove }: ActionsProps) => {
  const t = useTranslations('setup.organisation');
  return (
    <>
      <Button look="quiet" isIcon aria-label={t('edit', { name })} onPress={onEdit}>
        <Pencil size={16} aria-hidden="true" />
      </Button>
      <Button look="quiet" isIcon aria-label={t('remove', { name })} onPress={onRemove}>
        <Trash2 size={16} aria-hidden="true" />
      </Button>
    </>
  );
};

/** Teams and people as tables; each row opens with all its fields. */
export const OrganisationTables = ({ edited }: { readonly edited: EditedDocument }) => {
  const t = useTranslations('setup.organisation');
  const words = useTranslations('setup');
  const { locale } = useWriting();
  const { today } = useMe();
  const [open, setOpen] = useState<Open>();
  const organisation = organisationIn(edited.candidate);
  const { teams, reps } = organisation;
  const shapes = useOrganisationShapes()(organisation).parts;
  const change = (next: Organisation): void => edited.edit(documentFrom(next));
  const since = `${today.slice(0, 4)}-01-01`;
  const teamName = (teamId: string): string => teams.find((team) => team.teamId === teamId)?.name ?? teamId;
  const teamOf = ({ memberships }: Person): string => memberships.at(-1)?.teamId ?? '';
  const personName = (repId: string): string => reps.find((rep) => rep.repId === repId)?.name ?? repId;
  const newTeam: Team = { teamId: '', name: '', managers: [], effectiveFrom: since };
  const newPerson: Person = {
    repId: '',
    repCode: '',
    name: '',
    role: 'rep',
    loginSubject: '',
    memberships: [{ teamId: teams[0]?.teamId ?? '', effectiveFrom: today }],
    leavesOn: null,
  };
  const take = (item: Json): void => {
    if (open?.kind === 'team') change(withTeam(organisation, open.index, { ...copied<Team>(item), teamId: open.id }));
    if (open?.kind === 'person') change(withPerson(organisation, open.index, { ...copied<Person>(item), repId: open.id }));
    setOpen(undefined);
  };
  const openTeam = ({ teamId: id, ...item }: Team, index: number): void => setOpen({ kind: 'team', index, id, item });
  const openPerson = ({ repId: id, ...item }: Person, index: number): void => setOpen({ kind: 'person', index, id, item });
  return (
    <>
      <Card
        title={words('teams')}
        actions={
          <Button onPress={() => openTeam(newTeam, teams.length)}>
            <Plus size={16} aria-hidden="true" />
            {t('addTeam')}
          </Button>
        }
      >
        {teams.length === 0 ? <Empty title={t('noTeams.title')} text={t('noTeams.text')} /> : null}
        {teams.length === 0 ? null : (
          <PlainTable
            label={words('teams')}
            rows={teams}
            rowId={({ teamId }) => teamId}
            columns={[
              { id: 'name', head: t('team'), isLead: true, cell: ({ name }) => name },
              { id: 'leads', head: t('leads'), cell: ({ managers }) => managers.map(personName).join(', ') || '–' },
              {
                id: 'members',
                head: t('members'),
                isNumber: true,
                cell: ({ teamId }) => count(locale, reps.filter((rep) => teamOf(rep) === teamId).length),
              },
              { id: 'since', head: t('since'), isNumber: true, cell: ({ effectiveFrom }) => day(locale, effectiveFrom) },
              {
                id: 'actions',
                head: '',
                isNumber: true,
                cell: (team) => {
                  const index = teams.indexOf(team);
                  return (
                    <Actions
                      name={team.name}
                      onEdit={() => openTeam(team, index)}
                      onRemove={() => change(withoutTeam(organisation, index))}
                    />
                  );
                },
              },
            ]}
          />
        )}
      </Card>
      <Card
        title={words('people')}
        actions={
          <Button isDisabled={teams.length === 0} onPress={() => openPerson(newPerson, reps.length)}>
            <Plus size={16} aria-hidden="true" />
            {t('addPerson')}
          </Button>
        }
      >
        {reps.length === 0 ? <Empty title={t('noPeople.title')} text={t('noPeople.text')} /> : null}
        {reps.length === 0 ? null : (
          <PlainTable
            label={words('people')}
            rows={reps}
            rowId={({ repId }) => repId}
            isMuted={({ leavesOn }) => leavesOn !== null && leavesOn <= today}
            columns={[
              { id: 'name', head: t('person'), isLead: true, cell: ({ name }) => name },
              { id: 'code', head: t('code'), cell: ({ repCode }) => repCode },
              { id: 'role', head: t('role'), cell: ({ role }) => t(`roles.${role}`) },
              { id: 'team', head: t('team'), cell: (person) => teamName(teamOf(person)) },
              {
                id: 'since',
                head: t('since'),
                isNumber: true,
                cell: ({ memberships }) => day(locale, memberships.at(-1)?.effectiveFrom ?? today),
              },
              {
                id: 'actions',
                head: '',
                isNumber: true,
                cell: (person) => {
                  const index = reps.indexOf(person);
                  return (
                    <Actions
                      name={person.name}
                      onEdit={() => openPerson(person, index)}
                      onRemove={() => change(withoutPerson(organisation, index))}
                    />
                  );
                },
              },
            ]}
          />
        )}
      </Card>
      {open === undefined ? null : (
        <ItemSheet
          title={open.item.name === '' ? t(open.kind === 'team' ? 'addTeam' : 'addPerson') : open.item.name}
          shape={shapes[open.kind]}
          start={copied<Json>(open.item)}
          isComplete={(item) => filled(item, open.kind === 'team' ? ['name'] : ['name', 'repCode', 'loginSubject'])}
          onTake={take}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
};
