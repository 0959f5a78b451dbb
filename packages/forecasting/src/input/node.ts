/** The dimensions by which a forecast is told. */
export type Level = 'total' | 'process' | 'team' | 'owner' | 'segment';

/** What a forecast is of, such as one team. The total has the key ''. */
export type Node = { readonly level: Level; readonly key: string };
