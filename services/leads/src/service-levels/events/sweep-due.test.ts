import { leadAssigned, type LeadFact } from '@meilenstein/contracts';
import { addMillis, decided, leadId, repId, teamId, toInstant, type Decision, type Instant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { leadsInMemory } from '../../testing/leads-in-memory.ts';
import { sweepDue } from './sweep-due.ts';

const nine = toInstant('2026-03-02T09:00:00.000Z');
const minute = 60_000;

/** So many leads; the one of number n wants a check n minutes after nine. */
const waiting = async (count: number) => {
  const leads = leadsInMemory(nine);
  await leads.hire('ann', 'bob');
  const form = await leads.register('html-form');
  for (let n = 0; n < count; n += 1) await leads.submit(form.id, { email: `person${n}@mills.example` });
  await leads.settle();
  const items = leads.table.dump().filter((item) => item.pk.startsWith('LEAD#') && item.sk === 'STATE');
  const ids = items.map((item) => leadId.parse(item.pk.slice('LEAD#'.length)));
  // What a rule would have the fold say; here it is written, so that the sweep is checked at alone.
  for (const [n, item] of items.entries())
    await leads.table.transact([{ put: { ...item, state: { ...Object(item['state']), timers: { test: addMillis(nine, n * minute) } } } }]);
  for (const id of ids) {
    const found = await leads.stores.leads.find(id);
    const other = found?.lead.owner?.repId === 'ann' ? 'bob' : 'ann';
    await leads.stores.leads.change(id, () => decided(given(id, other)));
  }
  return { leads, ids };
};

const given = (id: string, to: string): LeadFact =>
  leadAssigned.of({ leadId: leadId.parse(id), repId: repId.parse(to), teamId: teamId.parse('north'), reason: 'manual', candidates: 0 });

/** A check that gives the lead to somebody, once: who has it already says nothing. */
const giveTo =
  (to: string) =>
  (lead: CapturedLead, _now: Instant): Decision<LeadFact, never> =>
    lead.owner?.repId === to ? { events: [] } : decided(given(lead.leadId, to));

describe('the sweep', () => {
  it('checks only what is due at its scheduled time', async () => {
    const { leads, ids } = await waiting(6);
    const checked: string[] = [];
    const check = (lead: CapturedLead): Decision<LeadFact, never> => {
      checked.push(lead.leadId);
      return { events: [] };
    };
    const sweep = sweepDue(leads, { test: check });
    expect(await sweep({ scheduledTime: addMillis(nine, 2 * minute - 1) })).toEqual({ checked: 2, changed: 0, failed: 0 });
    expect(checked.toSorted()).toEqual(ids.slice(0, 2).toSorted());
    expect((await sweep({ scheduledTime: addMillis(nine, 2 * minute) })).checked).toBe(3);
  });

  it('finds the same once if it runs twice at the same time', async () => {
    const { leads } = await waiting(4);
    const sweep = sweepDue(leads, { test: giveTo('boss') });
    const at = { scheduledTime: addMillis(nine, 3 * minute) };
    await Promise.all([sweep(at), sweep(at)]);
    await sweep(at);
    const said = leads.events().filter((event) => event.name === 'LeadAssigned' && JSON.stringify(event.data).includes('"boss"'));
    expect(said).toHaveLength(4);
  });

  it('continues where it stopped, so that leads that cannot be checked do not block others', async () => {
    const { leads, ids } = await waiting(10);
    const broken = new Set(ids.slice(0, 3));
    const check = (lead: CapturedLead, now: Instant): Decision<LeadFact, never> => {
      if (broken.has(lead.leadId)) throw new Error('broken');
      return giveTo('boss')(lead, now);
    };
    const sweep = sweepDue(leads, { test: check });
    await expect(sweep({ scheduledTime: addMillis(nine, 60 * minute) })).rejects.toThrow('3 of 10 due leads');
    const owners = await Promise.all(ids.map(async (id) => (await leads.stores.leads.find(id))?.lead.owner?.repId));
    expect(owners.filter((one) => one === 'boss')).toHaveLength(7);
  });

  it('starts again with the longest overdue lead after it reached the end, even if its bookmark lies later', async () => {
    const { leads } = await waiting(5);
    const later = addMillis(nine, 600 * minute);
    await leads.stores.sweep.keep((await leads.stores.sweep.read()).map(() => `${later}#lead`));
    const sweep = sweepDue(leads, { test: giveTo('boss') });
    expect((await sweep({ scheduledTime: addMillis(nine, 5 * minute) })).checked).toBe(5);
    expect((await leads.stores.sweep.read()).every((position) => position === null)).toBe(true);
  });

  it('throws on a timer that has no check, because that is a programming error', async () => {
    const { leads } = await waiting(1);
    await expect(sweepDue(leads, {})({ scheduledTime: nine })).rejects.toThrow('1 of 1 due leads');
  });
});

describe('the due-index', () => {
  it('spreads leads over all its partitions, and omits leads without a timer', async () => {
    const { leads } = await waiting(64);
    const partitions = leads.table
      .dump()
      .flatMap((item) => (item.sk === 'STATE' && typeof item['gsi2pk'] === 'string' ? [item['gsi2pk']] : []));
    expect(new Set(partitions).size).toBe((await leads.stores.sweep.read()).length);
    expect(partitions).toHaveLength(64);
    const quiet = leadsInMemory(nine);
    await quiet.hire('ann');
    const form = await quiet.register('html-form');
    await quiet.submit(form.id, { email: 'quiet@mills.example' });
    await quiet.settle();
    expect(quiet.table.dump().some((item) => String(item['gsi2pk']).startsWith('DUE#'))).toBe(false);
  });
});
