import { cachedParameters, type Machinery, type Parameters } from '@meilenstein/runtime';
import { sourceSecrets, type SourceSecrets } from './source-secrets.ts';
import { sourceStore, type SourceStore } from './source-store.ts';
import { submissionStore, type SubmissionStore } from './submission-store.ts';

/** The stores that the intake needs, and no more, because it has to start fast. */
export type IntakeStore = { readonly sources: SourceStore; readonly secrets: SourceSecrets; readonly submissions: SubmissionStore };

const cachedMillis = 5 * 60_000;

export const intakeStore = (machinery: Machinery, parameters: Parameters, secretsPrefix: () => string): IntakeStore => ({
  sources: sourceStore(machinery),
  secrets: sourceSecrets(cachedParameters(parameters, machinery.clock, cachedMillis), secretsPrefix),
  submissions: submissionStore(machinery),
});
