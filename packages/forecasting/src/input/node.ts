/** The levels at which forecasts are made. */
export type Level = 'total' | 'process' | 'team' | 'owner' | 'segment';

/** The subject of a forecast, such as one team. The total has the key ''. */
export type Node = { readonly level: Level; readonly key: string };
