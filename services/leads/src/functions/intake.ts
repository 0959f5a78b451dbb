import { lambda, live, onlyReads, setting } from '@meilenstein/runtime';
import { lightParameters } from '@meilenstein/runtime/adapters/light-parameters';
import { intake } from '../capture/http/intake.ts';
import { intakeStore } from '../capture/store/intake-store.ts';

export const handler = lambda(() => {
  const machinery = live();
  return intake({ ...machinery, stores: intakeStore(machinery, onlyReads(lightParameters()), () => setting('SECRETS_PREFIX')) });
});
