import type { failures as german } from '../de/failures.ts';

export const failures: typeof german = {
  offline: 'No connection to the server.',
  unexpected: 'This should not have happened. Reload the page; if it stays, give your administrator the id below.',
  notAllowed: 'Your account lacks the role for this.',
  notFound: 'This does not exist, or you may not see it.',
  tooMany: 'Too many requests at once. It goes on in a few seconds.',
  unavailable: 'The service does not answer at the moment. It is tried again by itself.',
  invalid: 'Something does not fit: {issues}',
  unusualAmount: 'The amount is far outside the orders so far. Is it right?',
  closedMonth: 'The month of the order is closed. If it has to be reported again, ask sales operations.',
  conflict: 'Somebody changed this after you read it.',
  correlation: 'Id',
};
