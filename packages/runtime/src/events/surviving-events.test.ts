import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivingEvents } from './surviving-events.ts';

const named = (text: string) =>
  text.split(' ').map((one) => {
    const [sequence = '', generation = '0'] = one.split('@');
    return { one, sequence: Number(sequence), ...(generation === '0' ? {} : { generation: Number(generation) }) };
  });
const survivors = (text: string): string =>
  survivingEvents(named(text))
    .map(({ one }) => one)
    .join(' ');

describe('the events of a subject', () => {
  it.each([
    ['are put in order, each once', '3 1 2 1', '1 2 3'],
    ['lose what a restore undid', '1 2 3 4 3@1', '1 2 3@1'],
    ['lose more when an earlier event of the later generation arrives late', '1 2 3 4 3@1 2@1', '1 2@1 3@1'],
    ['keep what came before, also when it arrives late', '5@1 1', '1 5@1'],
    ['may be set back twice', '1 2 3 4 5 4@1 5@1 6@1 2@2', '1 2@2'],
    ['may be set back further the first time than the second', '1 2 3 4 2@1 3@1 4@1 4@2', '1 2@1 3@1 4@2'],
  ])('%s', (_, received, expected) => {
    expect(survivors(received)).toBe(expected);
  });

  it('are the same in whatever order they arrive, one by one or together', () => {
    const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 3 })), { maxLength: 12 });
    fc.assert(
      fc.property(
        history.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const events = (pairs: typeof all) => pairs.map(([sequence, generation]) => ({ sequence, generation }));
          const oneByOne = events(shuffled).reduce<readonly { sequence: number; generation: number }[]>(
            (known, event) => survivingEvents([...known, event]),
            [],
          );
          expect(oneByOne).toEqual(survivingEvents(events(all)));
        },
      ),
    );
  });
});
