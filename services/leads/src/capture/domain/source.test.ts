import { scenario } from '@meilenstein/contracts/testing/scenario';
import { type HmacScheme, sourceConfigured, sourceCredentialReplaced, sourceRegistered, sourceSecretIssued } from '@meilenstein/contracts';
import { addMillis, sourceId, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import {
  evolveSource,
  configureSource,
  issueSecret,
  noSource,
  registerSource,
  replaceCredential,
  defaultSettings,
  validSecretNumbers,
  type RegisteredSource,
} from './source.ts';

const now = toInstant('2026-03-02T09:00:00Z');
const tomorrow = toInstant('2026-03-03T09:00:00Z');
const id = sourceId.parse('s1');
const settings = { ...defaultSettings, name: 'Form' };
const registration = { sourceId: id, provider: 'standard-webhooks' as const, settings };
const registered = sourceRegistered.of({
  sourceId: id,
  name: 'Form',
  provider: 'standard-webhooks',
  mapping: {},
  redirects: [],
  honeypot: null,
});
const configured = (settingsVersion: number, changes = {}) =>
  sourceConfigured.of({ sourceId: id, settingsVersion, settings: { ...settings, ...changes } });
const issued = (number: number, previousValidUntil: typeof now | null) =>
  sourceSecretIssued.of({ sourceId: id, number, previousValidUntil });
const { given } = scenario(noSource, evolveSource, now);

const withSecrets: RegisteredSource = {
  status: 'registered',
  ...registration,
  settingsVersion: 1,
  secretNumber: 5,
  previous: { number: 3, validUntil: tomorrow },
};

describe('a source', () => {
  it('says that a credential was replaced, and since when it holds, but not its value', () => {
    const replaced = sourceCredentialReplaced.of({ sourceId: id, credential: 'access-token' });
    given(registered)
      .when((source) => replaceCredential(source, 'access-token'))
      .then(replaced);
    expect(evolveSource(withSecrets, { ...replaced, occurredAt: now, recordedAt: now })).toEqual({
      ...withSecrets,
      credentials: { 'access-token': now },
    });
  });

  it('has no credentials to replace before it is registered', () => {
    given()
      .when((source) => replaceCredential(source, 'captcha-secret'))
      .thenRefused('source-not-found');
  });

  it('is registered once', () => {
    given()
      .when((source) => registerSource(source, registration))
      .then(registered, configured(1));
    given(registered)
      .when((source) => registerSource(source, registration))
      .thenNothing();
  });

  it('gets a new settings version with each change', () => {
    given(registered, configured(1))
      .when((source) => configureSource(source, { ...settings, honeypot: 'website' }))
      .then(configured(2, { honeypot: 'website' }));
  });

  it('refuses settings that its provider does not support', () => {
    const signature = {
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'x-signature',
      prefix: '',
      signed: '{body}',
      timestamp: null,
      idHeader: null,
    } as const;
    const register = (provider: 'generic-hmac' | 'html-form', changes: object) =>
      registerSource(noSource, { ...registration, provider, settings: { ...settings, ...changes } });
    expect(register('generic-hmac', {})).toMatchObject({ refused: { code: 'signature-missing', field: 'signature' } });
    expect(register('html-form', { signature })).toMatchObject({ refused: { code: 'setting-not-supported', field: 'signature' } });
    expect(register('generic-hmac', { signature, minimumSeconds: 5 })).toMatchObject({ refused: { field: 'minimumSeconds' } });
    expect(register('generic-hmac', { signature, captcha: true })).toMatchObject({ refused: { field: 'captcha' } });
    expect(register('generic-hmac', { signature })).toHaveProperty('events');
  });

  it('refuses a time or an id that the signature does not cover', () => {
    const scheme = { algorithm: 'sha256', encoding: 'hex', header: 'x-signature', prefix: '' } as const;
    const timestamp = { header: 'x-sent-at', unit: 'seconds', toleranceSeconds: 300 } as const;
    const signing = (signature: HmacScheme) => ({
      ...registration,
      provider: 'generic-hmac' as const,
      settings: { ...settings, signature },
    });
    const refusedFor = (signature: HmacScheme) => given().when((source) => registerSource(source, signing(signature)));
    refusedFor({ ...scheme, signed: '{body}', timestamp, idHeader: null }).thenRefused('signature-incomplete');
    refusedFor({ ...scheme, signed: '{body}', timestamp: null, idHeader: 'x-id' }).thenRefused('signature-incomplete');
    refusedFor({ ...scheme, signed: '{timestamp}{body}', timestamp, idHeader: 'x-id' }).thenRefused('signature-incomplete');
    refusedFor({ ...scheme, signed: '{id}{body}', timestamp, idHeader: 'x-id' }).thenRefused('signature-incomplete');
    const complete = { ...scheme, signed: '{timestamp}.{id}.{body}', timestamp, idHeader: 'x-id' };
    expect(registerSource(noSource, signing(complete))).toHaveProperty('events');
    const sourceWithScheme = sourceRegistered.of({ ...registered.data, provider: 'generic-hmac' });
    given(sourceWithScheme)
      .when((source) => configureSource(source, { ...settings, signature: { ...complete, signed: '{id}.{body}' } }))
      .thenRefused('signature-incomplete');
  });

  it('gets its first secret without a previous one', () => {
    given(registered)
      .when((source) => issueSecret(source, 1, now))
      .then(issued(1, null));
  });

  it('keeps the previous secret valid for 24 hours', () => {
    given(registered, issued(1, null))
      .when((source) => issueSecret(source, 2, now))
      .then(issued(2, tomorrow));
  });

  it('refuses a secret number that is taken, and any secret before registration', () => {
    given(registered, issued(2, null))
      .when((source) => issueSecret(source, 2, now))
      .thenRefused('secret-number-taken');
    given()
      .when((source) => issueSecret(source, 1, now))
      .thenRefused('source-not-found');
  });

  it('accepts the newest secret and, until the changeover ends, the previous one', () => {
    expect(validSecretNumbers(withSecrets, addMillis(tomorrow, -1))).toEqual([5, 3]);
    expect(validSecretNumbers(withSecrets, tomorrow)).toEqual([5]);
    expect(validSecretNumbers({ ...withSecrets, secretNumber: 0, previous: null }, now)).toEqual([]);
  });
});
