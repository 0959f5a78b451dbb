import type { Adapter, AdapterPayload } from 'oidc-provider';

type Entry = { readonly payload: AdapterPayload; readonly expiresAt: number };

/** Sessions, codes and refresh tokens of one kind, in memory: they end with the cloud. */
export const memoryAdapter = (): Adapter => {
  const entries = new Map<string, Entry>();
  const live = (id: string): AdapterPayload | undefined => {
    const entry = entries.get(id);
    if (entry !== undefined && entry.expiresAt > Date.now()) return entry.payload;
    entries.delete(id);
    return undefined;
  };
  const first = (matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
    [...entries.keys()].map(live).find((payload) => payload !== undefined && matches(payload));
  return {
    upsert: async (id, payload, seconds = Number.POSITIVE_INFINITY) =>
      void entries.set(id, { payload, expiresAt: Date.now() + seconds * 1000 }),
    find: async (id) => live(id),
    findByUid: async (uid) => first((payload) => payload.uid === uid),
    findByUserCode: async (userCode) => first((payload) => payload.userCode === userCode),
    consume: async (id) => {
      const entry = entries.get(id);
      if (entry !== undefined) entries.set(id, { ...entry, payload: { ...entry.payload, consumed: Math.floor(Date.now() / 1000) } });
    },
    destroy: async (id) => void entries.delete(id),
    revokeByGrantId: async (grantId) => {
      for (const [id, { payload }] of entries) if (payload.grantId === grantId) entries.delete(id);
    },
  };
};
