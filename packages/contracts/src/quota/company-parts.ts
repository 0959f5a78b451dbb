import { currency, day, fiscalCalendar, repId, teamId, type Day } from '@meilenstein/kernel';
import * as z from 'zod';
import type { Company, CompanyRep, Membership } from './company.ts';
import { exchangeRate, repRole, settingsChanged, type CompanyEnvelope } from './events.ts';

type Kind = 'REP' | 'TEAM' | 'SETTINGS';

const kinds: Readonly<Record<CompanyEnvelope['name'], Kind>> = {
  RepJoined: 'REP',
  RepAmended: 'REP',
  RepMoved: 'REP',
  RepMembershipsCorrected: 'REP',
  RepLeft: 'REP',
  TeamChanged: 'TEAM',
  TeamDissolved: 'TEAM',
  SettingsChanged: 'SETTINGS',
  CalendarPublished: 'SETTINGS',
  CalendarWithdrawn: 'SETTINGS',
  HolidaysPublished: 'SETTINGS',
  HolidaysWithdrawn: 'SETTINGS',
  RatesPublished: 'SETTINGS',
};

/** The subject of an event with its kind, because a rep and a team may have the same id. */
export const companySubject = ({ name, subject }: CompanyEnvelope): string => `${kinds[name]}#${subject}`;

/** The sequence of the event that said it: of two events about the same, the later one counts, in whatever order they come in. */
const said = z.object({ sequence: z.int() });

const repDetails = said.extend({ repId, repCode: z.string(), role: repRole, loginSubject: z.string() });
/** From this day on the rep belongs to the team; null: the rep has left. */
const stay = said.extend({ from: day, teamId: teamId.nullable() });
/** null: withdrawn */
const datedCalendar = said.extend({ effectiveFrom: day, calendar: fiscalCalendar.nullable() });
/** null: withdrawn */
const heldRate = z.object({ sequence: z.int(), currency, from: day, held: exchangeRate.pick({ id: true, value: true }).nullable() });

/**
 * What the events of one subject (a rep, a team, a part of the settings) come to. Equal sets of events give equal parts in any order, so no
 * event has to be kept. It is as large as what is in force, however often that was changed.
 */
export const companyPart = z.object({
  rep: z
    .object({
      hasJoined: z.boolean(),
      /** absent while only moves are known */
      details: repDetails.optional(),
      /** the last event that held all memberships: what came before it counts no more */
      completeAt: z.int(),
      /** by day; each one ends the one before */
      stays: z.array(stay),
    })
    .optional(),
  /** `changed` null: dissolved */
  team: said
    .extend({ teamId, changed: z.object({ name: z.string(), parentTeamId: teamId.nullable(), managers: z.array(repId) }).nullable() })
    .optional(),
  base: settingsChanged.data.extend(said.shape).optional(),
  calendars: z.array(datedCalendar).optional(),
  /** `days` null: withdrawn */
  holidays: said.extend({ region: z.string(), days: z.array(day).nullable() }).optional(),
  rates: z
    .object({
      /** the last event that held the complete list: what came before it counts no more */
      completeAt: z.int(),
      /** by currency and day */
      held: z.array(heldRate),
    })
    .optional(),
});
export type CompanyPart = z.infer<typeof companyPart>;

type Sequenced = z.infer<typeof said>;
type Stay = z.infer<typeof stay>;
type HeldRate = z.infer<typeof heldRate>;
type Rates = NonNullable<CompanyPart['rates']>;

export const emptyPart: CompanyPart = {};

const later = <Value extends Sequenced>(kept: Value | undefined, received: Value): Value =>
  kept !== undefined && kept.sequence > received.sequence ? kept : received;

type RepPart = NonNullable<CompanyPart['rep']>;

const noRep: RepPart = { hasJoined: false, completeAt: 0, stays: [] };

const byDay = (stays: readonly Stay[]): Stay[] => stays.toSorted((a, b) => (a.from < b.from ? -1 : 1));

const isReplacedBy = (later: readonly Stay[], { sequence, from }: Stay): boolean =>
  later.some((one) => one.sequence > sequence && one.from <= from);

/** A later event replaces all stays from its day on. */
const withStay = (rep: RepPart, received: Stay): RepPart => {
  if (received.sequence < rep.completeAt || isReplacedBy(rep.stays, received)) return rep;
  const others = rep.stays.filter((one) => one.sequence > received.sequence || one.from < received.from);
  return { ...rep, stays: byDay([...others, received]) };
};

/** All memberships as of an event; only later events add to them. */
const withMemberships = (rep: RepPart, sequence: number, memberships: readonly Membership[]): RepPart => {
  if (sequence < rep.completeAt) return rep;
  const complete = memberships.flatMap(({ teamId: team, from, until }, index): Stay[] => [
    { sequence, from, teamId: team },
    ...(until === null || until === memberships[index + 1]?.from ? [] : [{ sequence, from: until, teamId: null }]),
  ]);
  const after = rep.stays.filter((one) => one.sequence > sequence);
  return { ...rep, completeAt: sequence, stays: byDay([...complete.filter((one) => !isReplacedBy(after, one)), ...after]) };
};

const withDetails = (rep: RepPart, details: z.infer<typeof repDetails>): RepPart => ({ ...rep, details: later(rep.details, details) });

const withRep = (part: CompanyPart, change: (rep: RepPart) => RepPart): CompanyPart => ({ ...part, rep: change(part.rep ?? noRep) });

const withCalendar = (part: CompanyPart, received: z.infer<typeof datedCalendar>): CompanyPart => {
  const calendars = part.calendars ?? [];
  const same = calendars.find((one) => one.effectiveFrom === received.effectiveFrom);
  const others = calendars.filter((one) => one !== same);
  return { ...part, calendars: [...others, later(same, received)].toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1)) };
};

const rateKey = (rate: { readonly currency: string; readonly from: string }): string => `${rate.currency} ${rate.from}`;

const noRates: Rates = { completeAt: 0, held: [] };

/** Rates that changed, or the complete list; a rate counts by its currency and first day. */
const withRates = (before: Rates, event: Extract<CompanyEnvelope, { name: 'RatesPublished' }>): Rates => {
  const { sequence, data } = event;
  if (sequence < before.completeAt) return before;
  const completeAt = data.isComplete === true ? sequence : before.completeAt;
  const held = new Map(before.held.filter((one) => one.sequence >= completeAt).map((one) => [rateKey(one), one]));
  const received: readonly HeldRate[] = [
    ...(data.withdrawn ?? []).map((rate) => ({ sequence, currency: rate.currency, from: rate.from, held: null })),
    ...data.rates.map(({ id, value, ...rate }) => ({ sequence, currency: rate.currency, from: rate.from, held: { id, value } })),
  ];
  for (const rate of received) held.set(rateKey(rate), later(held.get(rateKey(rate)), rate));
  const inOrder = [...held.values()].toSorted((a, b) =>
    a.currency === b.currency ? (a.from < b.from ? -1 : 1) : a.currency < b.currency ? -1 : 1,
  );
  return { completeAt, held: inOrder };
};

/** Adds one event of a subject to its part; events may come in any order, and each of them any number of times. */
export const withEvent = (part: CompanyPart, event: CompanyEnvelope): CompanyPart => {
  const { sequence } = event;
  switch (event.name) {
    case 'RepJoined': {
      const { teamId: team, effectiveFrom, ...details } = event.data;
      return withRep(part, (rep) => ({
        ...withStay(withDetails(rep, { ...details, sequence }), { sequence, from: effectiveFrom, teamId: team }),
        hasJoined: true,
      }));
    }
    case 'RepAmended':
      return withRep(part, (rep) => withDetails(rep, { ...event.data, sequence }));
    case 'RepMoved':
      return withRep(part, (rep) => withStay(rep, { sequence, from: event.data.effectiveFrom, teamId: event.data.teamId }));
    case 'RepMembershipsCorrected':
      return withRep(part, (rep) => withMemberships(rep, sequence, event.data.memberships));
    case 'RepLeft':
      return withRep(part, (rep) => withStay(rep, { sequence, from: event.data.effectiveFrom, teamId: null }));
    case 'TeamChanged': {
      const { teamId: id, name, parentTeamId, managers } = event.data;
      return { ...part, team: later(part.team, { sequence, teamId: id, changed: { name, parentTeamId, managers } }) };
    }
    case 'TeamDissolved':
      return { ...part, team: later(part.team, { sequence, teamId: event.data.teamId, changed: null }) };
    case 'SettingsChanged':
      return { ...part, base: later(part.base, { ...event.data, sequence }) };
    case 'CalendarPublished':
      return withCalendar(part, { ...event.data, sequence });
    case 'CalendarWithdrawn':
      return withCalendar(part, { sequence, effectiveFrom: event.data.effectiveFrom, calendar: null });
    case 'HolidaysPublished':
      return { ...part, holidays: later(part.holidays, { ...event.data, sequence }) };
    case 'HolidaysWithdrawn':
      return { ...part, holidays: later(part.holidays, { sequence, region: event.data.region, days: null }) };
    case 'RatesPublished':
      return { ...part, rates: withRates(part.rates ?? noRates, event) };
  }
};

/**
 * Forgets what was withdrawn by an event up to `complete`, where all events up to it are known: only a late event could have brought it back.
 */
export const withoutWithdrawn = (part: CompanyPart, complete: number): CompanyPart => ({
  ...part,
  ...(part.calendars === undefined ? {} : { calendars: part.calendars.filter((one) => one.calendar !== null || one.sequence > complete) }),
  ...(part.rates === undefined
    ? {}
    : { rates: { ...part.rates, held: part.rates.held.filter((one) => one.held !== null || one.sequence > complete) } }),
});

const membershipsOf = (stays: readonly Stay[]): readonly Membership[] =>
  stays.flatMap(({ teamId: team, from }, index) => {
    const until: Day | null = stays[index + 1]?.from ?? null;
    return team === null ? [] : [{ teamId: team, from, until }];
  });

const repOf = ({ rep }: CompanyPart): readonly CompanyRep[] => {
  if (rep?.details === undefined || !rep.hasJoined) return [];
  const { sequence: _, ...details } = rep.details;
  return [{ ...details, memberships: membershipsOf(rep.stays) }];
};

const teamOf = ({ team }: CompanyPart): Company['teams'] =>
  team === undefined || team.changed === null ? [] : [{ teamId: team.teamId, ...team.changed }];

/** The company that the parts make up. Lists are sorted, so that every service has the same order. */
export const companyFrom = (parts: readonly CompanyPart[]): Company => {
  const base = parts.flatMap((part) => part.base ?? []).toSorted((a, b) => b.sequence - a.sequence)[0];
  return {
    reps: parts.flatMap(repOf).toSorted((a, b) => (a.repId < b.repId ? -1 : 1)),
    teams: parts.flatMap(teamOf).toSorted((a, b) => (a.teamId < b.teamId ? -1 : 1)),
    zone: base?.zone ?? null,
    reportingCurrency: base?.reportingCurrency ?? null,
    closesAfterDays: base?.closesAfterDays,
    calendars: parts
      .flatMap(({ calendars = [] }) => calendars)
      .flatMap(({ calendar, effectiveFrom }) => (calendar === null ? [] : [{ calendar, effectiveFrom }]))
      .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1)),
    holidays: Object.fromEntries(
      parts
        .flatMap(({ holidays }) => (holidays === undefined || holidays.days === null ? [] : [[holidays.region, holidays.days] as const]))
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
    rates: parts
      .flatMap(({ rates }) => rates?.held ?? [])
      .flatMap(({ currency: of, from, held }) => (held === null ? [] : [{ id: held.id, currency: of, from, value: held.value }])),
  };
};

/**
 * Folds events into the company, in any order. Each rep, team and part of the settings is folded by itself, so that the time grows with the
 * number of events and not with its square.
 */
export const companyOf = (events: readonly CompanyEnvelope[]): Company =>
  companyFrom([...Map.groupBy(events, companySubject).values()].map((ownEvents) => ownEvents.reduce(withEvent, emptyPart)));
