import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { instant } from '../format/days.ts';
import { Facts } from '../parts/figures/facts.tsx';
import { Card } from '../parts/card.tsx';

type Lead = Answer<'GET /leads/{leadId}'>;
const fields = ['name', 'email', 'phone', 'company', 'country', 'employees', 'message'] as const;

/** What is known of the person, each with where it came from. */
export const PersonPanel = ({ lead }: { readonly lead: Lead }) => {
  const t = useTranslations('lead.person');
  const { locale, zone } = useWriting();
  const origin = (field: string): string | undefined => {
    const from = lead.provenance.find((each) => each.field === field);
    if (from === undefined) return undefined;
    return t(from.submissionId === null ? 'imported' : 'from', { time: instant(locale, from.at, zone) });
  };
  const known = fields.flatMap((field) => {
    const value = lead.person[field];
    return value === undefined
      ? []
      : [
          [
            t(field),
            <span key={field} title={origin(field)}>
              {value}
            </span>,
          ] as const,
        ];
  });
  const custom = Object.entries(lead.person.custom ?? {}).map(([field, value]) => [field, value] as const);
  return (
    <Card title={t('title')}>
      <Facts of={[...known, ...custom]} />
    </Card>
  );
};
