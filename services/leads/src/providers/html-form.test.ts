import { toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlForm } from './html-form.ts';
import { standardWebhooks } from './standard-webhooks.ts';

const now = toInstant('2026-03-02T09:00:00Z');
const idOf = (body: string, at = now) => htmlForm.deliveryId({ bytes: Buffer.from(body), headers: {} }, at);
const read = (body: string, honeypot: string | null = null) => htmlForm.read(Buffer.from(body), '', { mapping: {}, honeypot });

describe('a plain HTML form', () => {
  it('has the same delivery id for the same fields in another order', () => {
    expect(idOf('a=1&b=2')).toBe(idOf('b=2&a=1'));
    expect(idOf('a=1&b=2')).not.toBe(idOf('a=1&b=3'));
  });

  it('keeps a delivery id with a nonce for good, and one without for a UTC day', () => {
    const tomorrow = toInstant('2026-03-03T09:00:00Z');
    expect(idOf('a=1&_nonce=n', tomorrow)).toBe(idOf('a=1&_nonce=n'));
    expect(idOf('a=1', tomorrow)).not.toBe(idOf('a=1'));
  });

  it('reads German and English field names, with names in parts', () => {
    expect(read('Vorname=Ada&Nachname=Byron&E-Mail=ada%40b.example&Telefon=030+123456&Firma=Mills&Land=DE&Nachricht=Hallo')).toEqual({
      fields: { name: 'Ada Byron', email: 'ada@b.example', phone: '030 123456', company: 'Mills', country: 'DE', message: 'Hallo' },
    });
  });

  it('rejects what a robot filled in', () => {
    expect(read('email=a%40b.example&website=x', 'website')).toEqual({ reject: 'honeypot' });
    expect(read('email=a%40b.example&website=+', 'website')).toHaveProperty('fields');
  });

  it('quarantines escapes that are NUL or no UTF-8', () => {
    expect(read('email=a%40b.example&name=%00')).toEqual({ quarantine: 'text-holds-nul' });
    expect(read('email=a%40b.example&name=%ff')).toEqual({ quarantine: 'text-is-not-utf-8' });
  });
});

describe('every provider', () => {
  it('reads any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(htmlForm, standardWebhooks), (bytes, provider) => {
        const reading = provider.read(bytes, '', { mapping: {}, honeypot: 'h' });
        expect(Object.keys(reading)).toHaveLength(1);
        provider.deliveryId({ bytes, headers: {} }, now);
        provider.redirectOf(bytes, { redirects: [] });
      }),
    );
  });

  it('reads any JSON without throwing', () => {
    fc.assert(
      fc.property(fc.json(), fc.dictionary(fc.string(), fc.constantFrom('email', 'name')), (json, mapping) => {
        expect(Object.keys(standardWebhooks.read(Buffer.from(json), '', { mapping, honeypot: null }))).toHaveLength(1);
      }),
    );
  });
});
