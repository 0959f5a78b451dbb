import { useTranslations } from 'use-intl';
import { useMe } from '../company/me.ts';
import type { Shape } from '../documents/shape.ts';
import type { Organisation } from './organisation-document.ts';

const text: Shape = { kind: 'text' };

type OrganisationShapes = { readonly whole: Shape; readonly parts: Readonly<Record<'team' | 'person', Shape>> };

/** How an organisation and its parts are edited and compared. Ids come from names and never change, so nobody types them. */
export const useOrganisationShapes = (): ((organisation: Organisation) => OrganisationShapes) => {
  const t = useTranslations('setup.organisation');
  const { today } = useMe();
  return ({ teams, reps }) => {
    const teamOptions = teams.map(({ teamId, name }) => ({ id: teamId, label: name }));
    const team: Shape = {
      kind: 'record',
      fields: {
        name: text,
        effectiveFrom: { kind: 'day' },
        managers: { kind: 'several', options: reps.map(({ repId, name }) => ({ id: repId, label: name })) },
      },
    };
    const person: Shape = {
      kind: 'record',
      fields: {
        name: text,
        repCode: text,
        role: { kind: 'one-of', options: (['rep', 'manager'] as const).map((id) => ({ id, label: t(`roles.${id}`) })) },
        loginSubject: { ...text, label: t('login'), hint: t('loginHint') },
        memberships: {
          kind: 'list',
          label: t('memberships'),
          isInline: true,
          start: { teamId: teams[0]?.teamId ?? '', effectiveFrom: today },
          item: {
            kind: 'record',
            fields: { teamId: { kind: 'one-of', options: teamOptions }, effectiveFrom: { kind: 'day', label: t('since') } },
          },
        },
        leavesOn: { kind: 'optional', of: { kind: 'day' }, label: t('leaves'), start: today, none: t('stays'), absent: 'null' },
      },
    };
    const whole: Shape = {
      kind: 'record',
      fields: { teams: { kind: 'list', item: team, start: {} }, reps: { kind: 'list', item: person, start: {} } },
    };
    return { whole, parts: { team, person } };
  };
};
