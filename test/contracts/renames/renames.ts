/**
 * What had another name before the first release, old → new, for everyone who wrote against an earlier build. From the first release on a
 * name changes with a new version only, and these lists end.
 */
export type Renames = {
  /** refusal codes */
  readonly codes: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<string, string>>;
  /** paths of the API */
  readonly paths: Readonly<Record<string, string>>;
  /** fields of requests, answers, events and stored states, as `Event.field` or `view.field` */
  readonly fields: Readonly<Record<string, string>>;
};
