import { describe, expect, it, vi } from 'vitest';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

// Other tests run without metrics; these are read where they leave the process.
vi.hoisted(() => {
  process.env['POWERTOOLS_METRICS_DISABLED'] = 'false';
});

const linesOf = async (work: (leads: LeadsInMemory) => Promise<unknown>): Promise<string> => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await work(leadsInMemory());
  const lines = written.mock.calls.map(([line]) => String(line)).join('');
  written.mockRestore();
  return lines;
};

describe('the metrics of intake', () => {
  it('count a refused signature without naming the person', async () => {
    const lines = await linesOf(async (leads) => {
      const { id } = await leads.register('standard-webhooks');
      await leads.deliver({ id, secret: 'whsec_AAAA' }, 'msg_1', { email: 'ada@byron.example' });
    });
    expect(lines).toContain('"SignatureRefused":1');
    expect(lines).not.toContain('byron');
  });

  it('count an unknown source', async () => {
    const lines = await linesOf((leads) => leads.post('POST /webhooks/{sourceId}', { path: { sourceId: 'nowhere' } }));
    expect(lines).toContain('"SourceUnknown":1');
  });

  it('count a lead without an eligible rep without naming the person', async () => {
    const lines = await linesOf(async (leads) => {
      const source = await leads.register('standard-webhooks');
      await leads.deliver(source, 'msg_1', { email: 'ada@byron.example' });
      await leads.settle();
    });
    expect(lines).toContain('"LeadQueued":1');
    expect(lines).not.toContain('byron');
  });
});
