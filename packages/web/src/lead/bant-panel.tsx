import { useTranslations } from 'use-intl';
import type { Answer } from '../api/routes.ts';
import { useWriting } from '../company/me.ts';
import { day } from '../format/days.ts';
import { Card } from '../parts/card.tsx';
import { Facts } from '../parts/figures/facts.tsx';
import styles from './panels.module.css';

type Lead = Answer<'GET /leads/{leadId}'>;
const slots = ['budget', 'authority', 'need', 'timing'] as const;

/** Budget, authority, need and timing: what the customer said, and how that is known. */
export const BantPanel = ({ lead: { bant } }: { readonly lead: Lead }) => {
  const t = useTranslations('lead.bant');
  const { locale } = useWriting();
  return (
    <Card title={t('title')}>
      <Facts
        of={slots.map((slot) => {
          const said = bant[slot];
          if (said === undefined) return [t(`slots.${slot}`), <small key={slot}>{t('open')}</small>];
          return [
            t(`slots.${slot}`),
            <span key={slot} className={styles['summary']}>
              {said.value}
              <small>{t('proof', { evidence: said.evidence, day: day(locale, said.on) })}</small>
            </span>,
          ];
        })}
      />
    </Card>
  );
};
