import type { Instant } from '@meilenstein/kernel';
import { describe, expect, it, vi } from 'vitest';
import { checkReconciliation, type ReconciliationCheck } from './check-reconciliation.ts';
import { leadsInMemory, type LeadsInMemory, type Surroundings } from '../../testing/leads-in-memory.ts';

// Other tests run without metrics; these are read where they leave the process.
vi.hoisted(() => {
  process.env['POWERTOOLS_METRICS_DISABLED'] = 'false';
});

/** Two submissions, one of them of yesterday; what the check says `minutes` later, and the metrics that it wrote. */
const checked = async (
  minutes: number,
  prepare: (leads: LeadsInMemory) => Promise<unknown> = async () => undefined,
  surroundings: Surroundings = {},
): Promise<{ found: ReconciliationCheck; lines: string }> => {
  const leads = leadsInMemory('2026-03-01T23:50:00.000Z', surroundings);
  await leads.hire('ann');
  const source = await leads.register('standard-webhooks');
  await leads.deliver(source, 'msg_1', { email: 'ada@mills.example' });
  leads.move(20 * 60_000);
  await leads.deliver(source, 'msg_2', { email: 'ada@mills.example' });
  await prepare(leads);
  const at: Instant = leads.move(minutes * 60_000);
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const found = await checkReconciliation(leads)({ scheduledTime: at });
  const lines = written.mock.calls.map(([line]) => String(line)).join('');
  written.mockRestore();
  return { found, lines };
};

describe('checkReconciliation', () => {
  it('finds nothing and writes no metric after every submission was processed', async () => {
    const { found, lines } = await checked(60, (leads) => leads.settle());
    expect(found).toEqual({ sources: 1, unread: 0, unbalanced: 0 });
    expect(lines).not.toMatch(/SubmissionUnread|ReconciliationUnbalanced/);
  });

  it('counts submissions of today and yesterday that have waited for more than 15 minutes', async () => {
    const { found, lines } = await checked(16);
    expect(found).toEqual({ sources: 1, unread: 2, unbalanced: 0 });
    expect(lines).toContain('"SubmissionUnread":1');
    expect(lines).not.toContain('ReconciliationUnbalanced');
  });

  it('ignores a submission that has waited for less than 15 minutes', async () => {
    const { found } = await checked(14);
    expect(found).toEqual({ sources: 1, unread: 1, unbalanced: 0 });
  });

  it('finds an unbalanced day if the outcome of a submission is unknown', async () => {
    const lost: string[] = [];
    // The index remembers that it came; the submission itself is gone.
    const around: Surroundings['around'] = (table) => ({
      ...table,
      getMany: async (keys) => (await table.getMany(keys)).map((item) => (item !== undefined && lost.includes(item.pk) ? undefined : item)),
    });
    const lose = async (leads: LeadsInMemory): Promise<void> => {
      await leads.settle();
      lost.push(
        ...leads.table
          .commits()
          .filter((item) => item.pk.startsWith('SUBMISSION#'))
          .slice(0, 1)
          .map((item) => item.pk),
      );
    };
    const { found, lines } = await checked(60, lose, { around });
    expect(found).toEqual({ sources: 1, unread: 0, unbalanced: 1 });
    expect(lines).toContain('"ReconciliationUnbalanced":1');
    expect(lines).not.toContain('SubmissionUnread');
  });
});
