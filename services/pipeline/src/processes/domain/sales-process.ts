import type { Happened, Milestone, ProcessFact } from '@meilenstein/contracts';
import { processPublished } from '@meilenstein/contracts';
import { canonicalJson, decided, refused, type Decision, type Instant, type ProcessId, type Refusal } from '@meilenstein/kernel';

type Bilingual = { readonly de: string; readonly en: string };
export type ProcessVersion = { readonly name: Bilingual; readonly milestones: readonly Milestone[] };

/** A sales process with all its versions, oldest first; opportunities stay on the version they began with. `publishedAt` is the first publication. */
export type SalesProcess = { readonly versions: readonly ProcessVersion[]; readonly publishedAt: Instant | null };

export const unpublished: SalesProcess = { versions: [], publishedAt: null };

export const evolveProcess = (process: SalesProcess, { data, occurredAt }: Happened<ProcessFact>): SalesProcess => ({
  publishedAt: process.publishedAt ?? occurredAt,
  versions: [...process.versions, { name: data.name, milestones: data.milestones }],
});

/** Publishes the next version; equal content changes nothing. The last milestone is the order. */
export const publishProcess = (
  process: SalesProcess,
  processId: ProcessId,
  content: ProcessVersion,
): Decision<ProcessFact, Refusal<'duplicate-milestone'>> => {
  const ids = content.milestones.map((milestone) => milestone.id);
  const duplicate = ids.find((id, index) => ids.indexOf(id) !== index);
  if (duplicate !== undefined)
    return refused('duplicate-milestone', 'give each milestone of a process its own id', { field: 'milestones', value: duplicate });
  const current = process.versions.at(-1);
  if (current !== undefined && canonicalJson(current) === canonicalJson(content)) return decided();
  const version = process.versions.length + 1;
  return decided(processPublished.of({ processId, version, name: content.name, milestones: [...content.milestones] }));
};
