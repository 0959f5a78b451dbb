import type { Organisation, Plan, Settings } from '@meilenstein/contracts';
import { currency, day, repId, teamId, timeZone } from '@meilenstein/kernel';
import type { Table } from '@meilenstein/runtime';
import { batchOf, callOf, inMemory, type Call } from '@meilenstein/runtime/testing/in-memory';
import { quotaStores } from '../stores.ts';
import { onOrder } from '../credits/events/on-order.ts';
import { quotaApi } from '../organisation/http/quota-api.ts';

export const euro = currency.parse('EUR');
const from = day.parse('2026-01-01');

const rep = (id: string, team: string, role: 'rep' | 'manager' = 'rep'): Organisation['reps'][number] => ({
  repId: repId.parse(id),
  repCode: id,
  name: `Name of ${id}`,
  role,
  loginSubject: `login-${id}`,
  memberships: [{ teamId: teamId.parse(team), effectiveFrom: from }],
  leavesOn: null,
});
const team = (id: string, manager: string) => ({
  teamId: teamId.parse(id),
  name: id,
  managers: [repId.parse(manager)],
  effectiveFrom: from,
});

export const organisation: Organisation = {
  teams: [team('north', 'boss'), team('south', 'chief')],
  reps: [rep('ann', 'north'), rep('bob', 'south'), rep('boss', 'north', 'manager'), rep('chief', 'south', 'manager'), rep('nora', 'north')],
};

export const settings: Settings = {
  zone: timeZone.parse('Europe/Berlin'),
  reportingCurrency: euro,
  calendar: { kind: 'months', startMonth: 1 },
  calendarEffectiveFrom: day.parse('2025-01-01'),
  holidays: { DE: [day.parse('2026-12-25')] },
  rates: [],
};

const annual = (amount: string) => ({ amount, currency: euro });
export const plan: Plan = {
  measure: 'revenue',
  fiscalYear: 2026,
  currency: euro,
  effectiveFrom: from,
  targets: [
    { node: { level: 'company', key: 'company' }, annual: annual('1200.00') },
    { node: { level: 'rep', key: 'ann' }, annual: annual('1.00') },
    { node: { level: 'rep', key: 'nora' }, annual: annual('360.00') },
    { node: { level: 'team', key: 'north' }, annual: annual('600.00') },
  ],
};

/** The whole service in memory. Its handlers use the table through `through`, which may count, delay or fail calls. */
export const quotaInMemory = (start = '2026-03-02T09:00:00.000Z', through: (table: Table) => Table = (table) => table) => {
  const machinery = inMemory(start);
  const seen = { ...machinery, table: through(machinery.table) };
  const deps = { ...machinery, stores: quotaStores(seen) };
  const call = callOf(quotaApi({ ...deps, table: seen.table }));
  const put = async (route: 'organisation' | 'settings', body: unknown, ifMatch?: string) => {
    const etag = ifMatch ?? (await call(`GET /${route}`)).etag;
    return call(`PUT /${route}`, { body, headers: etag === '' ? { 'if-none-match': '*' } : { 'if-match': etag } });
  };
  const putPlan = (body: unknown, ifMatch?: string, planId = 'p') =>
    call('PUT /plans/{planId}', {
      path: { planId },
      body,
      headers: ifMatch === undefined ? { 'if-none-match': '*' } : { 'if-match': ifMatch },
    });
  return {
    ...deps,
    call,
    put,
    putPlan,
    setUp: async (): Promise<void> => {
      const answers = [await put('settings', settings), await put('organisation', organisation)];
      const bad = answers.find((answer) => answer.status !== 200);
      if (bad !== undefined) throw new Error(JSON.stringify(bad.json));
    },
    receive: (...events: readonly unknown[]) => onOrder(deps, machinery.consumer)(batchOf(...events)),
    attainment: (node: string, period: string, who: Pick<Call, 'role' | 'subject'> = {}) =>
      call('GET /attainment', { query: { node, period }, ...who }),
  };
};

const head = { version: 1, origin: 'live', correlationId: 'c', causedBy: null };
const dimensions = {
  processId: 'p',
  processVersion: 1,
  account: { id: 'a', name: null },
  leadId: null,
  sourceId: null,
  segment: null,
  openedAt: '2026-01-10T00:00:00.000Z',
};

/** A won order as pipeline emits it, in minor units of the reporting currency. */
export const won = (id: string, { repId: owner = 'ann', teamId: of = 'north', minor = 10_000, at = '2026-03-01T12:00:00.000Z' } = {}) => {
  const amount = { minor, currency: 'EUR' };
  const order = {
    orderId: `${id}-1`,
    rate: { id: 'same-currency', date: at.slice(0, 10), value: '1' },
    amount,
    reportingAmount: amount,
    orderedAt: at,
  };
  const times = { occurredAt: at, recordedAt: at, storedAt: at };
  return {
    ...head,
    id: `won-${id}`,
    name: 'OpportunityWon',
    subject: id,
    sequence: 5,
    ...times,
    data: { ...dimensions, opportunityId: id, repId: owner, teamId: of, ...order },
  };
};

export const cancelled = (order: ReturnType<typeof won>, at = '2026-04-02T12:00:00.000Z') => ({
  ...order,
  id: order.id.replace('won', 'cancelled'),
  name: 'OrderCancelled',
  sequence: 6,
  occurredAt: at,
  recordedAt: at,
  storedAt: at,
  data: { ...order.data, cancelledAt: at, reason: 'not-paid' },
});

type Won = ReturnType<typeof won>;

/** The order is of another amount, day and team; corrected in April. */
export const corrected = (
  order: Won,
  { minor, teamId: of, at }: { readonly minor: number; readonly teamId: string; readonly at: string },
) => {
  const amount = { minor, currency: 'EUR' };
  const times = { occurredAt: '2026-04-10T12:00:00.000Z', recordedAt: '2026-04-10T12:00:00.000Z', storedAt: '2026-04-10T12:00:00.000Z' };
  const { amount: before, reportingAmount, rate, orderedAt, teamId: previousTeam } = order.data;
  const previous = { amount: before, reportingAmount, rate, orderedAt, teamId: previousTeam };
  return {
    ...order,
    id: order.id.replace('won', 'corrected'),
    name: 'OrderCorrected',
    sequence: 6,
    ...times,
    data: { ...order.data, amount, reportingAmount: amount, orderedAt: at, teamId: of, previous, reason: 'wrong-entry', recordedBy: null },
  };
};

/** A part of an order is cancelled in May. */
export const partlyCancelled = (order: Won, minor: number) => {
  const at = '2026-05-02T12:00:00.000Z';
  const [left, part] = [order.data.amount.minor - minor, minor].map((each) => ({ minor: each, currency: 'EUR' }));
  const amounts = { amount: left, reportingAmount: left, cancelled: { amount: part, reportingAmount: part } };
  return {
    ...order,
    id: `partly-${order.id}`,
    name: 'OrderPartiallyCancelled',
    sequence: 7,
    occurredAt: at,
    recordedAt: at,
    storedAt: at,
    data: { ...order.data, ...amounts, cancelledAt: at, reason: 'not-paid' },
  };
};
