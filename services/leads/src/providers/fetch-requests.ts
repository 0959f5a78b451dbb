import type { ProviderName } from '@meilenstein/contracts';

export type FetchRequest = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

/** How the content behind a reference is fetched from the sender. */
export const fetchRequestOf = (_provider: ProviderName, _reference: string, _token: string): FetchRequest | undefined => undefined;
