import {
  companyEvents,
  envelopeReader,
  leadConverted,
  opportunityWon,
  orderCancelled,
  pipelineEvents,
  processPublished,
  reportedEvents,
  settingsChanged,
  type AnyEvent,
  type Envelope,
} from '@meilenstein/contracts';
import { forecastStores } from '@meilenstein/forecast/store/forecast-stores';
import { onLeadConverted } from '@meilenstein/pipeline/handlers/on-lead-converted';
import { pipelineShelves } from '@meilenstein/pipeline/store/shelves';
import { onOrder } from '@meilenstein/quota/handlers/on-order';
import { quotaShelves } from '@meilenstein/quota/store/shelves';
import { reportingShelves } from '@meilenstein/reporting/store/shelves';
import { companyCopy } from '@meilenstein/runtime';
import { batchOf, onMemory, type OnMemory } from '@meilenstein/runtime/on-memory';
import { describe, expect, it } from 'vitest';
import { personalIn, publishedSamples } from './published-samples.ts';

const samples = publishedSamples();
const machinery = (): OnMemory => onMemory('2026-12-01T00:00:00Z');

const heard = <Definition extends AnyEvent>(hears: readonly Definition[]) =>
  samples.filter((sample) => hears.some((one) => one.name === sample.name)).map(envelopeReader(hears));
const sampleOf = (name: string): Envelope | undefined => samples.find((sample) => sample.name === name);

describe('every published sample', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))('%s carries nothing personal', (_, sample) => {
    expect(personalIn(JSON.stringify(sample))).toBeUndefined();
  });

  it('is folded by forecast', async () => {
    const tools = machinery();
    await forecastStores(tools).view.fold(heard(pipelineEvents));
    expect(tools.table.dump().length).toBeGreaterThan(3);
  });

  it('is folded by reporting', async () => {
    const tools = machinery();
    await reportingShelves(tools).facts.fold(heard(reportedEvents));
    expect(
      new Set(
        tools.table
          .dump()
          .filter((item) => item.pk.startsWith('FACTS#'))
          .map((item) => item.sk.split('#')[0]),
      ),
    ).toEqual(
      new Set([
        'lead',
        'given-lead',
        'touchpoint',
        'quarantined',
        'milestone',
        'won',
        'lost',
        'cancelled',
        'credit',
        'due',
        'answer',
        'qualified',
        'promise',
        'stage',
        'given-stage',
        'opportunity',
      ]),
    );
  });

  it('of the company becomes the same copy everywhere', async () => {
    const tools = machinery();
    // Samples stand for themselves: as one history they need places in it.
    await companyCopy(tools).fold(heard(companyEvents).map((event, index) => ({ ...event, sequence: index + 1 })));
    const company = await companyCopy(tools).read();
    expect(company.reps.length).toBeGreaterThan(0);
    expect(company.reportingCurrency).not.toBeNull();
  });

  it('of a won and a cancelled order becomes credits in quota', async () => {
    const tools = machinery();
    const shelves = quotaShelves(tools);
    await shelves.company.settings.change('settings', () => ({
      events: [settingsChanged.of(settingsChanged.parse(sampleOf('SettingsChanged')).data)],
    }));
    const answer = await onOrder({ ...tools, shelves }, tools.door)(batchOf(sampleOf(opportunityWon.name), sampleOf(orderCancelled.name)));
    expect({ answer, buried: tools.sent }).toEqual({ answer: { batchItemFailures: [] }, buried: [] });
    expect(tools.table.commits().length).toBe(3);
  });

  it('of a converted lead becomes an opportunity in pipeline', async () => {
    const tools = machinery();
    const shelves = pipelineShelves(tools);
    const published = processPublished.parse(sampleOf('ProcessPublished'));
    await shelves.processes.change(published.data.processId, () => ({ events: [processPublished.of(published.data)] }));
    const live = {
      ...sampleOf(leadConverted.name),
      origin: 'live' as const,
      data: { ...leadConverted.parse(sampleOf(leadConverted.name)).data, processId: null },
    };
    expect(await onLeadConverted({ ...tools, shelves }, tools.door)(batchOf(live))).toEqual({ batchItemFailures: [] });
    expect(await shelves.opportunities.find(live.data.opportunityId)).toMatchObject({
      opportunity: { status: 'open', dimensions: { leadId: live.data.leadId } },
    });
  });
});
