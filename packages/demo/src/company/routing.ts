import { addMillis, type Instant } from '@meilenstein/kernel';
import { putDocument } from '../client/put-document.ts';
import type { ApiCloud, ApiClient } from '../client/api-client.ts';

const dayMillis = 86_400_000;
const isIn = (...values: readonly string[]) => ({ field: 'country', test: 'one-of', values });

/** The German-speaking market, and Germany in it. */
const territories = [
  { territoryId: 'dach', name: 'Deutschland, Österreich, Schweiz', parentId: null, when: isIn('DE', 'AT', 'CH') },
  { territoryId: 'germany', name: 'Deutschland', parentId: 'dach', when: isIn('DE') },
];

const office = {
  zone: 'Europe/Berlin',
  windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', until: '18:00' })),
};

/** Large companies go to experienced reps, the market by territory, all others to reps who speak English; the rest waits in a queue for two office hours. */
const rules = {
  rules: [
    { id: 'large', name: 'Große Unternehmen', when: { field: 'employees', test: 'at-least', value: 500 }, to: { skills: ['Großkunden'] } },
    { id: 'market', name: 'Unser Markt', when: isIn('DE', 'AT', 'CH'), to: { territory: 'of-lead' } },
    { id: 'abroad', name: 'Ausland', when: { field: 'country', test: 'present' }, to: { languages: ['en'] } },
  ],
  queue: { queueId: 'inbox', minutes: 120, hours: office, region: 'DE' },
};

const profilesOf = (now: Instant) => {
  const holiday = { from: addMillis(now, -dayMillis), until: addMillis(now, 13 * dayMillis) };
  return ['nord', 'ost', 'sued', 'west'].flatMap((town) =>
    [1, 2, 3, 4, 5, 6].map((number) => ({
      repId: `rep-${town}-${number}`,
      profile: {
        territories: [town === 'nord' || town === 'ost' ? 'germany' : 'dach'],
        languages: number <= 2 ? ['de', 'en'] : ['de'],
        skills: number === 1 ? ['Großkunden'] : [],
        weight: number === 6 ? 2 : 1,
        absences: town === 'nord' && number === 1 ? [holiday] : [],
      },
    })),
  );
};

/** Territories, seller profiles and routing rules. The organisation must have arrived before. */
export const setUpRouting = async (cloud: ApiCloud, operations: ApiClient, now: Instant): Promise<void> => {
  await putDocument(cloud, operations, '/territories', { territories });
  for (const { repId, profile } of profilesOf(now)) await putDocument(cloud, operations, `/sellers/${repId}`, profile);
  await putDocument(cloud, operations, '/routing', rules);
};
