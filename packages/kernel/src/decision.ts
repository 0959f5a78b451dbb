/** A business refusal: a code for programs, a message that says what to do, and the field and value that are refused. */
export type Refusal<Code extends string = string> = {
  readonly code: Code;
  readonly message: string;
  readonly field?: string;
  readonly value?: string;
};

/** A unique key that an aggregate claims, such as a person's. */
export type Claim = { readonly kind: string; readonly value: string };

/** The answer of a rule: events (an empty list changes nothing), or a refusal. */
export type Decision<Event, R = Refusal> =
  | { readonly events: readonly Event[]; readonly claims?: readonly Claim[]; readonly releases?: readonly Claim[] }
  | { readonly refused: R };

/** The decision that these events happen. */
export const decided = <Event>(...events: readonly Event[]): { readonly events: readonly Event[] } => ({ events });

/** A refusal by itself: what a check answers where it does not answer undefined. */
export const refusal = <const Code extends string>(
  code: Code,
  message: string,
  place: { readonly field?: string; readonly value?: string } = {},
): Refusal<Code> => ({ code, message, ...place });

/** The decision to refuse. */
export const refused = <const Code extends string>(
  code: Code,
  message: string,
  place: { readonly field?: string; readonly value?: string } = {},
): { readonly refused: Refusal<Code> } => ({ refused: refusal(code, message, place) });

/** Whether a decision is a refusal. */
export const isRefused = <Event, R>(decision: Decision<Event, R>): decision is { readonly refused: R } => 'refused' in decision;
