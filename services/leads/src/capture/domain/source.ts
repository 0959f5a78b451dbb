import {
  providerName,
  sourceConfigured,
  sourceCredential,
  sourceCredentialReplaced,
  sourceRegistered,
  sourceSecretIssued,
  sourceSettings,
  type Happened,
  type HmacScheme,
  type ProviderName,
  type SourceCredential,
  type SourceFact,
  type SourceSettings,
} from '@meilenstein/contracts';
import {
  addMillis,
  decided,
  instant,
  refusal,
  refused,
  sourceId,
  type Decision,
  type Instant,
  type Refusal,
  type SourceId,
} from '@meilenstein/kernel';
import * as z from 'zod';

/** One form, landing page or campaign that sends leads. */
export const source = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({
    status: z.literal('registered'),
    sourceId,
    provider: providerName,
    settingsVersion: z.int().nonnegative(),
    settings: sourceSettings,
    /** 0: none was issued yet */
    secretNumber: z.int().nonnegative(),
    previous: z.object({ number: z.int().positive(), validUntil: instant }).nullable(),
    /** since when each credential that somebody gave holds; older sources do not have it */
    credentials: z.partialRecord(sourceCredential, instant).optional(),
  }),
]);
export type Source = z.infer<typeof source>;
export type RegisteredSource = Extract<Source, { status: 'registered' }>;

export const noSource: Source = { status: 'none' };

/** The settings of a source that were not given. */
export const defaultSettings: Omit<SourceSettings, 'name'> = {
  mapping: {},
  redirects: [],
  honeypot: null,
  signature: null,
  minimumSeconds: null,
  captcha: false,
  limits: { source: null, network: null },
  consents: [],
  country: null,
};

export const evolveSource = (before: Source, fact: Happened<SourceFact>): Source => {
  switch (fact.name) {
    case 'SourceRegistered': {
      const { sourceId: id, provider, name, mapping, redirects, honeypot } = fact.data;
      const settings = { ...defaultSettings, name, mapping, redirects, honeypot };
      return { status: 'registered', sourceId: id, provider, settingsVersion: 0, settings, secretNumber: 0, previous: null };
    }
    case 'SourceConfigured': {
      if (before.status === 'none') return before;
      const { settings, settingsVersion } = fact.data;
      return { ...before, settings, settingsVersion };
    }
    case 'SourceSecretIssued': {
      if (before.status === 'none') return before;
      const { number, previousValidUntil } = fact.data;
      const previous =
        previousValidUntil === null || before.secretNumber === 0 ? null : { number: before.secretNumber, validUntil: previousValidUntil };
      return { ...before, secretNumber: number, previous };
    }
    case 'SourceCredentialReplaced': {
      if (before.status === 'none') return before;
      return { ...before, credentials: { ...before.credentials, [fact.data.credential]: fact.occurredAt } };
    }
  }
};

export type SettingsRefusal = Refusal<'signature-missing' | 'signature-incomplete' | 'setting-not-supported'>;

/** A time or an id that is not signed can be changed by whoever repeats the delivery, so it is refused. */
const checkScheme = ({ signed, timestamp, idHeader }: HmacScheme): SettingsRefusal | undefined => {
  const incomplete = (placeholder: string, setting: string) =>
    refusal('signature-incomplete', `signature.signed: must contain ${placeholder}, or leave ${setting} out: only what is signed counts`, {
      field: 'signature.signed',
      value: signed,
    });
  if (timestamp !== null && !signed.includes('{timestamp}')) return incomplete('{timestamp}', 'signature.timestamp');
  return idHeader !== null && !signed.includes('{id}') ? incomplete('{id}', 'signature.idHeader') : undefined;
};

const knownByOne = { signature: 'generic-hmac', minimumSeconds: 'html-form', captcha: 'html-form' } as const;

/** The settings that only this provider knows. */
export const ownSettingsOf = (provider: ProviderName): (keyof typeof knownByOne)[] =>
  (['signature', 'minimumSeconds', 'captcha'] as const).filter((setting) => knownByOne[setting] === provider);

/** Refuses settings that the provider does not support, before they fail silently. */
const checkSettings = (provider: ProviderName, { signature, minimumSeconds, captcha }: SourceSettings): SettingsRefusal | undefined => {
  const own = ownSettingsOf(provider);
  const notSupported = (field: keyof typeof knownByOne) =>
    refusal('setting-not-supported', `${field}: ${provider} does not support it, only ${knownByOne[field]} does; leave it out`, {
      field,
      value: provider,
    });
  if (own.includes('signature') && signature === null)
    return refusal('signature-missing', 'signature: generic-hmac needs a description of how the sender signs', { field: 'signature' });
  if (!own.includes('signature') && signature !== null) return notSupported('signature');
  if (!own.includes('minimumSeconds') && minimumSeconds !== null) return notSupported('minimumSeconds');
  if (!own.includes('captcha') && captcha) return notSupported('captcha');
  return signature === null ? undefined : checkScheme(signature);
};

export type RegisterSource = { readonly sourceId: SourceId; readonly provider: ProviderName; readonly settings: SourceSettings };

/** Registers a source. Repeating the registration changes nothing. */
export const registerSource = (
  before: Source,
  { sourceId: id, provider, settings }: RegisterSource,
): Decision<SourceFact, SettingsRefusal> => {
  if (before.status !== 'none') return decided();
  const { name, mapping, redirects, honeypot } = settings;
  const wrong = checkSettings(provider, settings);
  if (wrong !== undefined) return { refused: wrong };
  return decided<SourceFact>(
    sourceRegistered.of({ sourceId: id, name, provider, mapping, redirects, honeypot }),
    sourceConfigured.of({ sourceId: id, settingsVersion: 1, settings }),
  );
};

export type ConfigureRefusal = SettingsRefusal | Refusal<'source-not-found'>;

/** Publishes a new version of the settings for what is read from now on. What was read stays as it is. */
export const configureSource = (before: Source, settings: SourceSettings): Decision<SourceFact, ConfigureRefusal> => {
  if (before.status === 'none') return refused('source-not-found', 'sourceId: no source has this id; GET /sources lists them');
  const settingsVersion = before.settingsVersion + 1;
  const wrong = checkSettings(before.provider, settings);
  return wrong === undefined ? decided(sourceConfigured.of({ sourceId: before.sourceId, settingsVersion, settings })) : { refused: wrong };
};

/** The time that a sender has to change over to a new secret. */
const changeoverMillis = 24 * 3600_000;

export type IssueRefusal = Refusal<'source-not-found' | 'secret-number-taken'>;

/** The new secret is valid at once, the previous one for another 24 hours, and older ones no longer. */
export const issueSecret = (before: Source, number: number, now: Instant): Decision<SourceFact, IssueRefusal> => {
  if (before.status === 'none') return refused('source-not-found', 'sourceId: no source has this id; GET /sources lists them');
  if (number <= before.secretNumber) return refused('secret-number-taken', `number: ${number} was issued before; use a higher one`);
  const previousValidUntil = before.secretNumber === 0 ? null : addMillis(now, changeoverMillis);
  return decided(sourceSecretIssued.of({ sourceId: before.sourceId, number, previousValidUntil }));
};

/** A credential for something outside is replaced at once. Its value is stored elsewhere, and no event has it. */
export const replaceCredential = (before: Source, credential: SourceCredential): Decision<SourceFact, Refusal<'source-not-found'>> =>
  before.status === 'none'
    ? refused('source-not-found', 'sourceId: no source has this id; GET /sources lists them')
    : decided(sourceCredentialReplaced.of({ sourceId: before.sourceId, credential }));

/** The numbers of the secrets that are valid now, the newest first. The end of the changeover is excluded. */
export const validSecretNumbers = ({ secretNumber, previous }: RegisteredSource, now: Instant): readonly number[] => [
  ...(secretNumber === 0 ? [] : [secretNumber]),
  ...(previous !== null && now < previous.validUntil ? [previous.number] : []),
];
