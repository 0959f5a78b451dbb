import {
  companyEvents,
  envelopeReader,
  leadConverted,
  opportunityWon,
  orderCancelled,
  orderCorrected,
  orderPartiallyCancelled,
  pipelineEvents,
  processPublished,
  reportingOnFact,
  settingsChanged,
  type AnyEvent,
  type Envelope,
} from '@meilenstein/contracts';
import { forecastStores } from '@meilenstein/forecast/stores';
import { onLeadConverted } from '@meilenstein/pipeline/opportunities/events/on-lead-converted';
import { pipelineStores } from '@meilenstein/pipeline/stores';
import { onOrder } from '@meilenstein/quota/credits/events/on-order';
import { quotaStores } from '@meilenstein/quota/stores';
import { reportingStores } from '@meilenstein/reporting/stores';
import { companyCopy } from '@meilenstein/runtime';
import { batchOf, inMemory, type InMemory } from '@meilenstein/runtime/testing/in-memory';
import { describe, expect, it } from 'vitest';
import { personalIn, publishedSamples } from './published-samples.ts';

const samples = publishedSamples();
const machinery = (): InMemory => inMemory('2026-12-01T00:00:00Z');

const heard = <Definition extends AnyEvent>(hears: readonly Definition[]) =>
  samples.filter((sample) => hears.some((one) => one.name === sample.name)).map(envelopeReader(hears));
const sampleOf = (name: string): Envelope | undefined => samples.find((sample) => sample.name === name);

describe('every published sample', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))('%s contains no personal data', (_, sample) => {
    expect(personalIn(JSON.stringify(sample))).toBeUndefined();
  });

  it('is folded by the forecast service', async () => {
    const tools = machinery();
    await forecastStores(tools).view.fold(heard(pipelineEvents));
    expect(tools.table.dump().length).toBeGreaterThan(3);
  });

  it('is folded by the reporting service', async () => {
    const tools = machinery();
    await reportingStores(tools).facts.fold(heard(reportingOnFact.receives));
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
        'assigned-lead',
        'touchpoint',
        'quarantined',
        'milestone',
        'milestone-withdrawn',
        'won',
        'lost',
        'cancelled',
        'corrected',
        'credit',
        'deadline',
        'answer',
        'qualified',
        'commitment',
        'stage',
        'assigned-stage',
        'opportunity',
      ]),
    );
  });

  it('of the organisation becomes the same copy in every service', async () => {
    const tools = machinery();
    // Samples stand for themselves: as one history they need places in it.
    await companyCopy(tools).fold(heard(companyEvents).map((event, index) => ({ ...event, sequence: index + 1 })));
    const company = await companyCopy(tools).read();
    expect(company.reps.length).toBeGreaterThan(0);
    expect(company.reportingCurrency).not.toBeNull();
  });

  it('of a won and a cancelled order becomes credits in the quota service', async () => {
    const tools = machinery();
    const stores = quotaStores(tools);
    await stores.company.settings.change('settings', () => ({
      events: [settingsChanged.of(settingsChanged.parse(sampleOf('SettingsChanged')).data)],
    }));
    const answer = await onOrder(
      { ...tools, stores },
      tools.consumer,
    )(batchOf(sampleOf(opportunityWon.name), sampleOf(orderCancelled.name)));
    expect({ answer, deadLettered: tools.sent }).toEqual({ answer: { batchItemFailures: [] }, deadLettered: [] });
    expect(tools.table.commits().length).toBe(3);
  });

  it('of a corrected and partially cancelled order moves its credits in the quota service', async () => {
    const tools = machinery();
    const stores = quotaStores(tools);
    await stores.company.settings.change('settings', () => ({
      events: [settingsChanged.of(settingsChanged.parse(sampleOf('SettingsChanged')).data)],
    }));
    const answer = await onOrder(
      { ...tools, stores },
      tools.consumer,
    )(batchOf(sampleOf(orderCorrected.name), sampleOf(orderPartiallyCancelled.name)));
    expect({ answer, deadLettered: tools.sent }).toEqual({ answer: { batchItemFailures: [] }, deadLettered: [] });
    expect(
      tools
        .events()
        .filter(({ name }) => name.startsWith('Credit'))
        .map(({ name }) => name),
    ).toEqual(['CreditReversed', 'CreditGranted', 'CreditReversed']);
  });

  it('of a converted lead becomes an opportunity in the pipeline service', async () => {
    const tools = machinery();
    const stores = pipelineStores(tools);
    const published = processPublished.parse(sampleOf('ProcessPublished'));
    await stores.processes.change(published.data.processId, () => ({ events: [processPublished.of(published.data)] }));
    const live = {
      ...sampleOf(leadConverted.name),
      origin: 'live' as const,
      data: { ...leadConverted.parse(sampleOf(leadConverted.name)).data, processId: null },
    };
    expect(await onLeadConverted({ ...tools, stores }, tools.consumer)(batchOf(live))).toEqual({ batchItemFailures: [] });
    expect(await stores.opportunities.find(live.data.opportunityId)).toMatchObject({
      opportunity: { status: 'open', dimensions: { leadId: live.data.leadId } },
    });
  });
});
