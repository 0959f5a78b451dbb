import { describe, expect, it } from 'vitest';
import { mentionsPerson } from './mentions.ts';

const ada = [{ email: 'Ada@Mills.example', phone: '+49 30 901820-11' }];

describe('mentionsPerson', () => {
  it.each([
    ['with the address as plain text', 'please call ada@mills.example'],
    ['with the address in capitals', 'ADA@MILLS.EXAMPLE'],
    ['with the address percent-encoded', 'a=1&mail=ada%40mills.example'],
    ['with the address in JSON escapes', '{"mail":"ada\\u0040mills.example"'],
    ['with the international number', 'phone: 0049 30 90182011'],
    ['with the national number', 'tel=030%2F901820-11'],
  ])('finds the person in an unreadable body %s', (_, body) => {
    expect(mentionsPerson(body, ada)).toBe(true);
  });

  it.each([
    ['a similar address', 'aida@mills.example'],
    ['another address of the company', 'info@mills.example'],
    ['another number', '030 901820-12'],
    ['no text', ''],
  ])('does not find the person in an unreadable body with %s', (_, body) => {
    expect(mentionsPerson(body, ada)).toBe(false);
  });

  it('finds nobody without an e-mail address or a complete phone number', () => {
    expect(mentionsPerson('Ada, 12', [{ name: 'Ada', phone: '12' }, {}])).toBe(false);
  });
});
