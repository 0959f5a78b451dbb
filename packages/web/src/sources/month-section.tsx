import type { Item } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { Cards } from '../parts/card.tsx';
import { AnswersCard } from './answers-card.tsx';
import { CommitmentsCard } from './commitments-card.tsx';
import { MonthStep, useMonth } from './month-step.tsx';

/** A month between marketing and sales: what one side committed to, and how fast the other one answered. */
export const MonthSection = ({ sources }: { readonly sources: readonly Item<'GET /sources'>[] }) => {
  const month = useMonth();
  const reading = useRead('GET /service-level-report', { query: { month } }, { rhythm: 'calm' });
  return (
    <>
      <MonthStep />
      <Cards>
        <CommitmentsCard month={month} reading={reading} />
        <AnswersCard reading={reading} sources={sources} />
      </Cards>
    </>
  );
};
