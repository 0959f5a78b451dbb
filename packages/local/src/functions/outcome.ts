/** What a function answered: its JSON, and whether that is an error. */
export type Outcome = { readonly payload: string; readonly failed: boolean };

/** An error in the form in which Lambda tells it. */
export const failure = (errorType: string, errorMessage: string): Outcome => ({
  payload: JSON.stringify({ errorType, errorMessage }),
  failed: true,
});
