import { describe, expect, it } from 'vitest';
import {
  dueCommands,
  expectVersion,
  hold,
  holdMillis,
  keepUntil,
  lastHeld,
  moveOn,
  patched,
  takeBack,
  type Command,
} from './held-commands.ts';

const amend = (id: string, entity = 'opportunity:one', amount = '10.00'): Command => ({
  id,
  key: 'POST /opportunities/{opportunityId}/amend',
  request: { path: { opportunityId: 'one' }, body: { amount }, ifMatch: '3' },
  entity,
  patch: { amount },
  message: { text: 'amended' },
});
const ids = (queue: readonly Command[]): readonly string[] => queue.map(({ id }) => id);

describe('a command that is held back', () => {
  it('is due when its time has come, and not a millisecond earlier', () => {
    const queue = hold([], amend('a'), 1000);
    expect(dueCommands(queue, 1000 + holdMillis - 1)).toEqual([]);
    expect(ids(dueCommands(queue, 1000 + holdMillis))).toEqual(['a']);
  });

  it('is never due again once it is on its way', () => {
    const queue = moveOn(hold([], amend('a'), 0), 'a', { state: 'sending' });
    expect(dueCommands(queue, holdMillis * 10)).toEqual([]);
  });

  it('can be taken back alone, while two others stay', () => {
    const queue = ['a', 'b', 'c'].reduce((held, id) => hold(held, amend(id, `opportunity:${id}`), 0), hold([], amend('first'), 0));
    expect(ids(takeBack(queue, 'b'))).toEqual(['first', 'a', 'c']);
  });

  it('cannot be taken back once it is on its way', () => {
    const queue = moveOn(hold([], amend('a'), 0), 'a', { state: 'sending' });
    expect(ids(takeBack(queue, 'a'))).toEqual(['a']);
  });

  it('waits for an earlier one on the same entity, and then expects the version that the earlier one made', () => {
    const queue = hold(hold([], amend('a'), 0), amend('b'), 1);
    expect(ids(dueCommands(queue, holdMillis * 2))).toEqual(['a']);
    const sent = expectVersion(moveOn(queue, 'a', { state: 'done' }), 'opportunity:one', '4');
    expect(dueCommands(sent, holdMillis * 2)).toMatchObject([{ id: 'b', request: { ifMatch: '4' } }]);
  });

  it('does not wait for one that has failed', () => {
    const failure = { code: 'offline', status: 0, detail: '' };
    const queue = moveOn(hold(hold([], amend('a'), 0), amend('b'), 1), 'a', { state: 'failed', failure });
    expect(ids(dueCommands(queue, holdMillis * 2))).toEqual(['b']);
  });

  it('is kept while its toast is being read', () => {
    const queue = keepUntil(hold([], amend('a'), 0), 'a', 20_000);
    expect(dueCommands(queue, holdMillis)).toEqual([]);
    expect(ids(dueCommands(queue, 20_000))).toEqual(['a']);
  });

  it('is the last one for Ctrl Z, of those that can still be taken back', () => {
    const queue = hold(hold([], amend('a'), 0), amend('b', 'opportunity:two'), 1);
    expect(lastHeld(queue)?.id).toBe('b');
    expect(lastHeld(moveOn(queue, 'b', { state: 'sending' }))?.id).toBe('a');
  });
});

describe('what a screen shows', () => {
  it('has every change that is not answered yet, in the order in which they were asked', () => {
    const queue = hold(hold([], amend('a'), 0), amend('b', 'opportunity:one', '20.00'), 1);
    expect(patched(queue, 'opportunity:one', { amount: '1.00', owner: 'ann' })).toEqual({ amount: '20.00', owner: 'ann' });
  });

  it('does not flicker back while the answer is on its way and an older poll comes in', () => {
    const queue = moveOn(hold([], amend('a'), 0), 'a', { state: 'sending' });
    const settling = moveOn(queue, 'a', { state: 'settling' });
    for (const held of [queue, settling]) expect(patched(held, 'opportunity:one', { amount: '1.00' })).toEqual({ amount: '10.00' });
  });

  it('is what is true again once a command was refused', () => {
    const failure = { code: 'opportunity-closed', status: 422, detail: '' };
    const queue = moveOn(hold([], amend('a'), 0), 'a', { state: 'failed', failure });
    expect(patched(queue, 'opportunity:one', { amount: '1.00' })).toEqual({ amount: '1.00' });
  });
});
