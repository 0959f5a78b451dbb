import type { SurvivorshipRules } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import { countryOf } from '../../identity/domain/country.ts';
import { fullProfile, type CapturedLead } from '../../lead/domain/lead.ts';
import { allBant } from '../../lead/domain/lead-stage.ts';
import { numberOfEmployees } from '../../identity/domain/number-of-employees.ts';
import { domainOf, isFreeMail } from '../../identity/domain/person.ts';
import type { DatedFact, DatedFacts } from './first-fill.ts';
import type { Touch } from './lead-facts.ts';
import { fieldEntries, resolveProfile } from '../../identity/domain/survivorship.ts';

const provided = 'provided';

/** One number for a range: its lower end, or the upper one if only that was given. */
const employeesIn = (text: string): number | undefined => {
  const range = numberOfEmployees(text);
  return range?.from ?? range?.to ?? undefined;
};

/**
 * The part of a value that may be learned. The model outlives the people that it learned from, so it sees no typed text, only what follows
 * from it and cannot be a name. For most fields that is only that they were filled.
 */
const learnable = (field: string, text: string): readonly (readonly [name: string, value: string | undefined])[] => {
  if (field === 'email')
    return [['business mail', domainOf(text) === undefined ? undefined : isFreeMail(domainOf(text) ?? '') ? 'no' : 'yes']];
  if (field === 'country') return [['country', countryOf({ country: text }) ?? provided]];
  if (field === 'employees') return [['employees', employeesIn(text)?.toString().slice(0, 7)]];
  return [[field, provided]];
};

/** When each field was first filled; under every rule of survivorship the first value is kept. */
const firstFills = (lead: CapturedLead): ReadonlyMap<string, Instant> => {
  const { touches, values } = fullProfile(lead);
  const fills = Object.entries(values).flatMap(([field, list]) => {
    const times = list.flatMap(({ touch }) => touches[touch]?.at ?? []).toSorted();
    return times[0] === undefined ? [] : [[field, times[0]] as const];
  });
  return new Map(fills);
};

/** The facts that can be learned from a lead, each with the time at which it was first known; touchpoints only before `until`. */
export const learnableFacts = (
  lead: CapturedLead,
  touches: readonly Touch[],
  { survivorship, until }: { readonly survivorship: SurvivorshipRules; readonly until: Instant },
): DatedFacts => {
  const fills = firstFills(lead);
  const { fields } = resolveProfile(fullProfile(lead), survivorship);
  const typed = fieldEntries(fields).flatMap(([field, text]) =>
    learnable(field, text).flatMap(([name, value]): (readonly [string, DatedFact])[] =>
      value === undefined ? [] : [[name, { value, firstFilledAt: fills.get(field) ?? lead.capturedAt }]],
    ),
  );
  const slots = Object.entries(allBant(lead)).flatMap(([slot, answer]): (readonly [string, DatedFact])[] =>
    answer === undefined ? [] : [[`bant.${slot}`, { value: provided, firstFilledAt: answer.recordedAt }]],
  );
  const count = touches.filter((touch) => touch.at < until).length;
  return {
    source: { value: lead.sourceId, firstFilledAt: lead.capturedAt },
    touchpoints: { value: String(count), firstFilledAt: lead.capturedAt },
    ...Object.fromEntries([...typed, ...slots]),
  };
};
