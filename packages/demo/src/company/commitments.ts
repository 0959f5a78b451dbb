import type { FollowUpSequence, VolumeCommitment, ServiceLevel } from '@meilenstein/contracts';
import { dayOf, timeZone, type Instant } from '@meilenstein/kernel';
import { putDocument } from '../client/put-document.ts';
import type { ApiCloud, ApiClient } from '../client/api-client.ts';

const berlin = timeZone.parse('Europe/Berlin');
const workdays = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '18:00' }));

/** New leads are answered within an hour of German working time. After it the owner is notified, after another hour the managers. */
export const serviceLevel: ServiceLevel = {
  id: 'within-the-hour',
  name: 'Binnen einer Stunde',
  when: {
    any: [
      { field: 'email', test: 'present' },
      { field: 'phone', test: 'present' },
    ],
  },
  minutes: 60,
  hours: { zone: berlin, windows: workdays },
  region: 'DE',
  escalations: [
    { afterMinutes: 0, act: 'tell-owner' },
    { afterMinutes: 60, act: 'tell-managers' },
  ],
};

export const volumeCommitment: VolumeCommitment = { segmentId: null, stage: 'mql', committed: 40 };

/** Everybody who got in touch is called, and reminded twice by mail. Two wordings of the first mail are compared. */
export const welcomeSequence: FollowUpSequence = {
  sequenceId: 'welcome',
  name: 'Willkommen',
  category: null,
  status: null,
  purpose: 'newsletter',
  horizonDays: 14,
  steps: [
    { id: 'call', afterMinutes: 0, act: 'task', title: 'Anrufen und fragen, was das Werk braucht' },
    {
      id: 'first-mail',
      afterMinutes: 2 * 24 * 60,
      act: 'mail',
      a: { subject: 'Ihre Anfrage', text: 'Guten Tag,\n\nhaben Sie noch Fragen zu unseren Maschinen?' },
      b: { subject: 'Wann dürfen wir Sie anrufen?', text: 'Guten Tag,\n\nwann passt Ihnen ein kurzes Gespräch?' },
    },
    {
      id: 'second-mail',
      afterMinutes: 7 * 24 * 60,
      act: 'mail',
      a: { subject: 'Noch Interesse?', text: 'Guten Tag,\n\ndürfen wir Sie noch einmal ansprechen?' },
      b: null,
    },
  ],
};

/** The service level of sales, the volume commitment of marketing and the follow-up sequence. The holidays must have arrived before. */
export const setUpCommitments = async (cloud: ApiCloud, operations: ApiClient, now: Instant): Promise<void> => {
  await putDocument(cloud, operations, '/service-levels', { levels: [serviceLevel] });
  await putDocument(cloud, operations, `/volume-commitments/${dayOf(now, berlin).slice(0, 7)}`, { commitments: [volumeCommitment] });
  await putDocument(cloud, operations, '/follow-up-sequences', { sequences: [welcomeSequence] });
};
