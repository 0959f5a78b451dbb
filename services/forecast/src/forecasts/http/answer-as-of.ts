import { canonicalJson } from '@meilenstein/kernel';
import { deriveId } from '@meilenstein/runtime';

/** An answer with an ETag that changes only when a figure does, so that polling costs no bytes. */
export const answerAsOf = <View extends { readonly asOf: unknown }>(view: View) => ({
  status: 200 as const,
  body: view,
  weakEtag: deriveId(canonicalJson({ ...view, asOf: null })),
});
