import { envelopeReader, processPublished, type EnvelopeOf } from '@meilenstein/contracts';
import { processId, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { inMemory } from '../testing/in-memory.ts';
import { forgetLostFuture, isLost } from './forget-lost-future.ts';
import { receivedEvents } from './received-events.ts';

type Published = EnvelopeOf<typeof processPublished>;

const until = toInstant('2026-01-01T00:00:00Z');
const read = envelopeReader([processPublished]);

/** A version of the process that sells; its name says which history it is from. */
const version = (sequence: number, name: string, generation = 0, storedAt = until): Published =>
  read({
    ...processPublished.of({
      processId: processId.parse('new-business'),
      version: sequence,
      name: { de: name, en: name },
      milestones: [{ id: 'ordered', name: { de: 'bestellt', en: 'ordered' }, provenBy: ['wrote'] }],
    }),
    id: `${generation}-${sequence}`,
    subject: 'new-business',
    sequence,
    ...(generation === 0 ? {} : { generation }),
    occurredAt: storedAt,
    recordedAt: storedAt,
    storedAt,
    origin: 'live',
    correlationId: 'c',
    causedBy: null,
  });
const later = toInstant('2026-01-02T00:00:00Z');

const versions = () => {
  const { table, ...machinery } = inMemory('2026-01-01T00:00:00Z');
  const view = receivedEvents<Published>(
    {
      names: ['ProcessPublished'],
      rowKey: ({ subject }) => ({ pk: 'PROCESSES', sk: subject }),
      event: read,
      itemOf: ({ subject, sequence, data }) => ({ pk: 'VERSIONS', sk: `${subject}#${sequence}`, name: data.name.en }),
    },
    { ...machinery, table },
  );
  const named = () =>
    table
      .dump()
      .flatMap((item) => (item.pk === 'VERSIONS' ? [`${item.sk} ${String(item['name'])}`] : []))
      .toSorted();
  return { table, view, named };
};

const past = [version(1, 'first'), version(2, 'second')];
const lost = [version(3, 'lost', 0, later), version(4, 'lost', 0, later)];
const isOfLostFuture = isLost({ generation: 1, until }, ['ProcessPublished']);

describe('a view whose events are items', () => {
  it('loses the items of a lost future, and keeps those before it', async () => {
    const { table, view, named } = versions();
    await view.fold([...past, ...lost]);
    await forgetLostFuture(table, [view], isOfLostFuture);
    expect(named()).toEqual(['new-business#1 first', 'new-business#2 second']);
    await view.fold([...past, version(3, 'third', 1, later), ...lost]);
    expect(named()).toEqual(['new-business#1 first', 'new-business#2 second', 'new-business#3 third']);
  });

  it('leaves alone what another service lost, and what was stored before', async () => {
    const { table, view, named } = versions();
    await view.fold(past);
    const before = table.dump();
    expect(await forgetLostFuture(table, [view], isLost({ generation: 1, until }, ['TargetsSet']))).toBe(0);
    expect(await forgetLostFuture(table, [view], isOfLostFuture)).toBe(0);
    expect(table.dump()).toEqual(before);
    expect(named()).toHaveLength(2);
  });

  it('begins anew with the first event of a later generation that voids what it has, and republishing fills it', async () => {
    const { view, named } = versions();
    await view.fold([...past, ...lost]);
    await view.fold([version(3, 'third', 1, later)]);
    expect(named()).toEqual(['new-business#3 third']);
    await view.fold([...lost, ...past]);
    expect(named()).toEqual(['new-business#1 first', 'new-business#2 second', 'new-business#3 third']);
  });

  it('goes on from a row that holds its events', async () => {
    const { table, view, named } = versions();
    const row = { pk: 'PROCESSES', sk: 'new-business' };
    await table.transact([{ put: { ...row, version: 4, events: [...past, ...lost] }, when: 'absent' }]);
    expect(await forgetLostFuture(table, [view], isOfLostFuture)).toBe(1);
    expect(table.dump().flatMap((item) => view.older(item))).toEqual(past);
    await view.fold([version(3, 'third', 1, later)]);
    expect(named()).toEqual(['new-business#1 first', 'new-business#2 second', 'new-business#3 third']);
  });
});
