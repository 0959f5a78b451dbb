import { leadErased } from '@meilenstein/contracts';
import { leadId, opportunityId } from '@meilenstein/kernel';
import { batchOf } from '@meilenstein/runtime/testing/in-memory';
import { describe, expect, it } from 'vitest';
import { onLeadErased } from './on-lead-erased.ts';
import { evidence, pipelineInMemory, type PipelineInMemory } from '../../testing/pipeline-in-memory.ts';

const erased = (pipeline: PipelineInMemory, id: string | null) => ({
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
    const hear = (about: string | null) => onLeadErased(pipeline, pipeline.consumer)(batchOf(erased(pipeline, about)));
    return { pipeline, id, hear };
  };

  it('keeps its milestones and loses every word, also in its history', async () => {
    const { pipeline, id, hear } = await withWords();
    expect(JSON.stringify(pipeline.table.dump())).toContain('Ada Byron');
    await hear(id);
    expect(JSON.stringify(pipeline.table.dump())).not.toContain('Ada Byron');
    const after = await pipeline.get(id);
    expect(after.json).toMatchObject({
      status: 'open',
      milestones: [{ milestoneId: 'need-named', partyRole: 'user', partyRoleText: null, quote: null }],
    });
  });

  it('loses a typed function that stands there without a quote', async () => {
    const pipeline = await pipelineInMemory();
    const id = await pipeline.open();
    const by = { party: 'customer', role: 'Ada Byron' };
    await pipeline.command(id, 'milestones', { milestoneId: 'need-named', evidence: evidence('said', { by }) });
    await onLeadErased(pipeline, pipeline.consumer)(batchOf(erased(pipeline, id)));
    expect(JSON.stringify(pipeline.table.dump())).not.toContain('Ada Byron');
    expect((await pipeline.get(id)).json).toMatchObject({ milestones: [{ partyRole: 'other', partyRoleText: null }] });
  });

  it('is forgotten once, however often the event arrives', async () => {
    const { pipeline, id, hear } = await withWords();
    await hear(id);
    const events = pipeline.events().length;
    await hear(id);
    expect(pipeline.events()).toHaveLength(events);
  });

  it('is nobody’s where the lead never became one', async () => {
    const { pipeline, hear } = await withWords();
    expect((await hear(null)).batchItemFailures).toEqual([]);
    expect(JSON.stringify(pipeline.table.dump())).toContain('Ada Byron');
  });
});
