import { describe, expect, it } from 'vitest';
import { mentionsPerson } from './mentions.ts';

const ada = [{ email: 'Ada@Mills.example', phone: '+49 30 901820-11' }];

describe('a body that could not be read mentionsPerson a person', () => {
  it.each([
    ['as text', 'please call ada@mills.example'],
    ['in capitals', 'ADA@MILLS.EXAMPLE'],
    ['as a form writes it', 'a=1&mail=ada%40mills.example'],
    ['as JSON writes it', '{"mail":"ada\\u0040mills.example"'],
    ['by the number', 'phone: 0049 30 90182011'],
    ['by the number as it is dialled at home', 'tel=030%2F901820-11'],
  ])('%s', (_, body) => {
    expect(mentionsPerson(body, ada)).toBe(true);
  });

  it.each([
    ['somebody with a similar address', 'aida@mills.example'],
    ['the company', 'info@mills.example'],
    ['another number', '030 901820-12'],
    ['nobody', ''],
  ])('and not %s', (_, body) => {
    expect(mentionsPerson(body, ada)).toBe(false);
  });

  it('unless the person is known by neither address nor number', () => {
    expect(mentionsPerson('Ada, 12', [{ name: 'Ada', phone: '12' }, {}])).toBe(false);
  });
});
