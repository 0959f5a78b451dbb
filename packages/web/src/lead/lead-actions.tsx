import { useNavigate } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useKeys } from '../keyboard/keys.tsx';
import { useMe } from '../company/me.ts';
import { useGiveCommand } from '../commands/command-context.ts';
import { Button } from '../parts/form/button.tsx';
import { Menu, type MenuAction } from '../parts/dialog/menu.tsx';
import { giveOnLead } from './lead-commands.ts';
import { LeadSheet, type LeadSheetKind } from './lead-sheets.tsx';

type Lead = Answer<'GET /leads/{leadId}'>;

const ended: readonly Lead['status'][] = ['converted', 'merged', 'erased'];

/** Everything that can be done with a lead, with the likeliest as the primary button. */
export const LeadActions = ({ lead, version, name }: { readonly lead: Lead; readonly version: string; readonly name: string }) => {
  const t = useTranslations('lead');
  const navigate = useNavigate();
  const { roles } = useMe();
  const [open, setOpen] = useState<LeadSheetKind>();
  const target = { leadId: lead.leadId, version, name };
  const act = giveOnLead(useGiveCommand(), target);
  const state = lead.serviceLevel?.state;
  const isOver = ended.includes(lead.status);
  const mayAssign = roles.some((role) => role === 'manager' || role === 'operations' || role === 'admin');
  const opened = lead.opportunityId;
  const show = (kind: LeadSheetKind) => (): void => setOpen(kind);
  const serviceOf = (changed: string) => ({ serviceLevel: lead.serviceLevel === null ? null : { ...lead.serviceLevel, state: changed } });
  const all: readonly (MenuAction & { readonly isThere: boolean })[] = [
    {
      id: 'answer',
      label: t('answered'),
      hint: 'A',
      run: show('answer'),
      isThere: state === 'running' || state === 'missed' || state === 'waiting-for-customer',
    },
    {
      id: 'resume',
      label: t('actions.resume'),
      hint: 'W',
      run: () => act('POST /leads/{leadId}/resume', {}, { patch: serviceOf('running') }),
      isThere: state === 'waiting-for-customer',
    },
    {
      id: 'wait',
      label: t('actions.wait'),
      hint: 'W',
      run: () => act('POST /leads/{leadId}/wait', {}, { patch: serviceOf('waiting-for-customer') }),
      isThere: state === 'running' || state === 'missed',
    },
    {
      id: 'pick',
      label: t('actions.pick'),
      run: () => act('POST /leads/{leadId}/pick', {}),
      isThere: lead.queue !== null && roles.includes('rep'),
    },
    { id: 'qualify', label: t('actions.qualify'), hint: 'Q', run: show('qualify'), isThere: !isOver },
    {
      id: 'convert',
      label: t('actions.convert'),
      hint: 'V',
      run: show('convert'),
      isThere: !isOver && lead.owner !== null && lead.status !== 'disqualified',
    },
    { id: 'assign', label: t('actions.assign'), hint: 'Z', run: show('assign'), isThere: !isOver && mayAssign },
    {
      id: 'give-back',
      label: t('actions.giveBack'),
      run: show('giveBack'),
      isThere: !isOver && lead.owner !== null,
    },
    {
      id: 'disqualify',
      label: t('actions.disqualify'),
      hint: 'X',
      run: show('disqualify'),
      isThere: !isOver && lead.status !== 'disqualified',
    },
  ];
  const possible = all.filter(({ isThere }) => isThere);
  const [primary, ...others] = possible;
  useKeys(possible.flatMap(({ hint, label, run }) => (hint === undefined ? [] : [{ keys: hint.toLowerCase(), label, run }])));
  return (
    <>
      {others.length === 0 ? null : (
        <Menu label={t('actions.more')} actions={others}>
          <Ellipsis size={18} aria-hidden="true" />
          {t('actions.more')}
        </Menu>
      )}
      {opened === null ? null : (
        <Button look="primary" onPress={() => void navigate({ to: `/opportunities/${opened}` })}>
          {t('actions.openOpportunity')}
        </Button>
      )}
      {primary === undefined ? null : (
        <Button look="primary" onPress={primary.run} {...(primary.hint === undefined ? {} : { hint: primary.hint })}>
          {primary.label}
        </Button>
      )}
      {open === undefined ? null : <LeadSheet kind={open} target={target} onClose={() => setOpen(undefined)} />}
    </>
  );
};
