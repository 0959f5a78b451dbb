import type { Answer } from '../api/routes.ts';

export type Source = Answer<'GET /sources/{sourceId}'>;
export type Provider = Source['provider'];
export type Mapping = Source['mapping'];
export type MappingTarget = Mapping[string];

/** What of a source a new version may change; the rest was decided when it was registered. */
export const settingsOf = ({
  sourceId: _id,
  provider: _provider,
  settingsVersion: _version,
  webhookPath: _path,
  secretFrom: _from,
  secretNumber: _number,
  ...settings
}: Source) => settings;
