import { describe, expect, it } from 'vitest';
import { contactBody } from './contact-draft.ts';

describe('a contact that was typed', () => {
  const draft = { name: ' Ada Byron ', position: '', email: '', phone: '1', role: 'decides', consent: 'unknown' } as const;

  it('leaves out what is empty where it is new', () => {
    expect(contactBody(draft).added).toEqual({ name: 'Ada Byron', phone: '1', role: 'decides', consent: 'unknown' });
  });

  it('takes away what is empty where it was known', () => {
    expect(contactBody(draft).amended).toMatchObject({ name: 'Ada Byron', position: null, email: null, phone: '1' });
  });
});
