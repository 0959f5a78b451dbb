import type { Instant } from '@meilenstein/kernel';
import * as z from 'zod';
import type { AnyEvent, Envelope, EnvelopeOf, Fact, FactOf, Happened } from './define-event.ts';

const named = z.looseObject({ name: z.string() });

/** An event arrived that none of the definitions names. */
export class UnexpectedEvent extends Error {
  override readonly name = 'UnexpectedEvent';
}

const definitionOf = (definitions: readonly AnyEvent[], stored: unknown): AnyEvent => {
  const { name } = named.parse(stored);
  const definition = definitions.find((one) => one.name === name);
  if (definition === undefined) throw new UnexpectedEvent(`${name} is none of ${definitions.map((one) => one.name).join(', ')}`);
  return definition;
};

/**
 * Reads an envelope that is one of `definitions`, by its name and version; an earlier version is lifted to the newest. Throws a ZodError
 * that names the field, UnexpectedEvent, or UnknownVersion.
 */
export function envelopeReader<Definition extends AnyEvent>(
  definitions: readonly Definition[],
): (stored: unknown) => EnvelopeOf<Definition>;
export function envelopeReader(definitions: readonly AnyEvent[]): (stored: unknown) => Envelope {
  return (stored) => definitionOf(definitions, stored).parse(stored);
}

/**
 * Reads a stored event back to the fact that a fold takes, its confidential part included where it still exists. Throws as
 * `envelopeReader` does.
 */
export function factReader<Definition extends AnyEvent>(
  definitions: readonly Definition[],
): (stored: unknown) => Happened<FactOf<Definition>>;
export function factReader(definitions: readonly AnyEvent[]): (stored: unknown) => Fact {
  return (stored) => {
    const { name, version, data, confidential, occurredAt, recordedAt } = definitionOf(definitions, stored).read(stored);
    return { name, version, data, occurredAt, recordedAt, ...(confidential === undefined ? {} : { confidential }) };
  };
}

/** A fact as it will be once stored at `at`: for folds in tests and for rules that decide several steps at once. */
export function stampFact<F extends Fact>(fact: F, at: Instant): Happened<F>;
export function stampFact(fact: Fact, at: Instant): Fact {
  return { ...fact, occurredAt: fact.occurredAt ?? at, recordedAt: fact.recordedAt ?? at };
}
