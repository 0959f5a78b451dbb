const names = [
  'name',
  'parentId',
  'domain',
  'industry',
  'employees',
  'country',
  'territory',
  'team',
  'channel',
  'fields',
  'amount',
  'segment',
  'position',
  'email',
  'phone',
  'role',
  'consent',
] as const;
type ChangedName = (typeof names)[number];

/** What changed, each thing once: all fields that the company has added count as one. A name of a later version is left out. */
export const changedNames = (changed: readonly string[]): readonly ChangedName[] =>
  names.filter((name) => changed.some((one) => one === name || one.startsWith(`${name}.`)));
