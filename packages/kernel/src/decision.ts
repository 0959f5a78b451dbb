/** A business refusal: the code is the sentence, the message says what to do, field and value say about what. */
export type Refusal<Code extends string = string> = {
  readonly code: Code;
  readonly message: string;
  readonly field?: string;
  readonly value?: string;
};

/** A unique key that an aggregate asks for, such as a person's. */
export type Claim = { readonly kind: string; readonly value: string };

/** What a rule answers: facts (none means that nothing changes), or why not. */
export type Decision<Event, R = Refusal> =
  | { readonly events: readonly Event[]; readonly claims?: readonly Claim[]; readonly releases?: readonly Claim[] }
  | { readonly refused: R };

/** The decision that these facts happened. */
export const decided = <Event>(...events: readonly Event[]): { readonly events: readonly Event[] } => ({ events });

/** The decision that it must not be. */
export const refused = <const Code extends string>(
  code: Code,
  message: string,
  about: { readonly field?: string; readonly value?: string } = {},
): { readonly refused: Refusal<Code> } => ({ refused: { code, message, ...about } });

/** Whether a decision is a refusal. */
export const isRefused = <Event, R>(decision: Decision<Event, R>): decision is { readonly refused: R } => 'refused' in decision;
