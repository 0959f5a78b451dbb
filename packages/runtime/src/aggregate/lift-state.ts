/** How a stored state of an older form becomes one of the newest: `lift[n]` makes of what schema number n wrote what n + 1 writes. */
export type StateForm = {
  /** the number of the form that is written now, from 1; raised when the stored form of the state changes */
  readonly schemaNumber: number;
  readonly lift?: Readonly<Record<number, (state: unknown) => unknown>>;
};

/**
 * A stored state in the newest form, before it is parsed.
 * @param written the schema number beside the state
 * @param what names the item for the error
 * @throws where a newer deployment wrote the state, or where a form was raised without saying how to lift the one before
 */
export const liftedState = ({ schemaNumber, lift = {} }: StateForm, written: number, state: unknown, what: string): unknown => {
  if (written > schemaNumber)
    throw new Error(`${what} was written in form ${written}, the newest known here is ${schemaNumber}: deploy the newer version again`);
  let lifted = state;
  for (let form = written; form < schemaNumber; form += 1) {
    const next = lift[form];
    if (next === undefined) throw new Error(`${what} was written in form ${written}, and form ${form} cannot be lifted to the next one`);
    lifted = next(lifted);
  }
  return lifted;
};
