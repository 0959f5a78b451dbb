import { leadErased } from '@meilenstein/contracts';
import { leadId, opportunityId } from '@meilenstein/kernel';
import { batchOf } from '@meilenstein/runtime/testing/in-memory';
import { cancelFirst, cancelTransactions } from '@meilenstein/runtime/testing/cancelled-transactions';
import { describe, expect, it } from 'vitest';
import { onLeadErased } from './on-lead-erased.ts';
import { evidence, pipelineInMemory, type PipelineInMemory } from '../../testing/pipeline-in-memory.ts';

const leadErasedEvent = (pipeline: PipelineInMemory, id: string | null) => ({
  ...leadErased.of({ leadId: leadId.parse('l1'), opportunityId: id === null ? null : opportunityId.parse(id), reason: 'request' }),
  id: 'e1',
  subject: 'l1',
  sequence: 3,
  occurredAt: pipeline.clock.now(),
  recordedAt: pipeline.clock.now(),
  storedAt: pipeline.clock.now(),
  origin: 'live' as const,
  correlationId: 'c',
  causedBy: null,
});

describe('the opportunity of a person who was erased', () => {
  const withWords = async () => {
    const pipeline = await pipelineInMemory();
    const id = await pipeline.open();
    await pipeline.command(id, 'milestones', {
      milestoneId: 'need-named',
      evidence: evidence('said', { quote: 'Ada Byron said: we need mills', by: { party: 'customer', role: 'Ada Byron, user' } }),
    });
    const eraseLead = (about: string | null) => onLeadErased(pipeline, pipeline.consumer)(batchOf(leadErasedEvent(pipeline, about)));
    return { pipeline, id, eraseLead };
  };

  it('keeps its milestones and loses every typed word, even in its history', async () => {
    const { pipeline, id, eraseLead } = await withWords();
    expect(JSON.stringify(pipeline.table.dump())).toContain('Ada Byron');
    await eraseLead(id);
    expect(JSON.stringify(pipeline.table.dump())).not.toContain('Ada Byron');
    const after = await pipeline.get(id);
    expect(after.json).toMatchObject({
      status: 'open',
      milestones: [{ milestoneId: 'need-named', partyRole: 'user', partyRoleText: null, quote: null }],
    });
  });

  it('loses every typed word, even if each transaction is cancelled at first', async () => {
    const { pipeline, id, eraseLead } = await withWords();
    cancelFirst(pipeline.table, 2);
    expect((await eraseLead(id)).batchItemFailures).toEqual([]);
    expect(JSON.stringify(pipeline.table.dump())).not.toContain('Ada Byron');
  });

  it('keeps its message in the queue while the table takes no deletion', async () => {
    const { pipeline, id, eraseLead } = await withWords();
    cancelTransactions(pipeline.table, (writes) => writes.some((write) => 'remove' in write));
    expect((await eraseLead(id)).batchItemFailures).toHaveLength(1);
  });

  it('loses a typed role that has no quote beside it', async () => {
    const pipeline = await pipelineInMemory();
    const id = await pipeline.open();
    const by = { party: 'customer', role: 'Ada Byron' };
    await pipeline.command(id, 'milestones', { milestoneId: 'need-named', evidence: evidence('said', { by }) });
    await onLeadErased(pipeline, pipeline.consumer)(batchOf(leadErasedEvent(pipeline, id)));
    expect(JSON.stringify(pipeline.table.dump())).not.toContain('Ada Byron');
    expect((await pipeline.get(id)).json).toMatchObject({ milestones: [{ partyRole: 'other', partyRoleText: null }] });
  });

  it('is erased once, however often the event arrives', async () => {
    const { pipeline, id, eraseLead } = await withWords();
    await eraseLead(id);
    const events = pipeline.events().length;
    await eraseLead(id);
    expect(pipeline.events()).toHaveLength(events);
  });

  it('is untouched where the erased lead never became an opportunity', async () => {
    const { pipeline, eraseLead } = await withWords();
    expect((await eraseLead(null)).batchItemFailures).toEqual([]);
    expect(JSON.stringify(pipeline.table.dump())).toContain('Ada Byron');
  });
});
