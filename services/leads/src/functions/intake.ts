import { lambda, live, onlyReads, setting } from '@meilenstein/runtime';
import { lightParameters } from '@meilenstein/runtime/light-parameters';
import { intake } from '../capture/http/intake.ts';
import { intakeShelf } from '../capture/store/intake-shelf.ts';

export const handler = lambda(() => {
  const machinery = live();
  return intake({ ...machinery, shelves: intakeShelf(machinery, onlyReads(lightParameters()), () => setting('SECRETS_PREFIX')) });
});
