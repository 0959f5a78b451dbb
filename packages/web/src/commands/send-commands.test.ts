import { describe, expect, it } from 'vitest';
import { failed } from '../api/problem.ts';
import { commandStore } from './command-store.ts';
import { hold, holdMillis, type Command } from './held-commands.ts';
import { sendDue, versionIn, type CommandPort, type Outcome } from './send-commands.ts';

const milestone = (id: string): Command => ({
  id,
  key: 'POST /opportunities/{opportunityId}/milestones',
  request: { path: { opportunityId: 'one' }, body: { milestoneId: 'demo' }, ifMatch: '3' },
  entity: 'opportunity:one',
  patch: { milestones: [{ milestoneId: 'demo' }] },
  message: { text: 'milestoneRecorded' },
});

const memory = () => {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
};

const stale = failed({ code: 'version-conflict', status: 412, detail: '' });

/** A port whose entity is `now`, and whose first answers are these. */
const portWith = (now: object, answers: readonly (Error | { readonly etag: string | null })[]) => {
  const sent: { readonly id: string; readonly ifMatch: string | undefined }[] = [];
  const told: Outcome[] = [];
  const port: CommandPort = {
    send: async ({ id, request }) => {
      const answer = answers[sent.length] ?? { etag: '"9.x"' };
      sent.push({ id, ifMatch: request.ifMatch });
      if (answer instanceof Error) throw answer;
      return answer;
    },
    readEntity: async () => ({ body: now, version: '5' }),
    seenEntity: () => ({ status: 'open', milestones: [] }),
    refresh: async () => undefined,
    tell: (_, outcome) => void told.push(outcome),
  };
  return { port, sent, told };
};

describe('a command whose time has come', () => {
  it('is sent once with the version that the person saw, and is gone once the screens know', async () => {
    const store = commandStore(memory());
    store.change((queue) => hold(queue, milestone('a'), 0));
    const { port, sent, told } = portWith({}, []);
    await Promise.all([sendDue(store, port, holdMillis), sendDue(store, port, holdMillis)]);
    expect([sent, told, store.read()]).toEqual([[{ id: 'a', ifMatch: '3' }], ['done'], []]);
  });

  it('is dropped where somebody else has recorded the same meanwhile', async () => {
    const store = commandStore(memory());
    store.change((queue) => hold(queue, milestone('a'), 0));
    const { port, sent, told } = portWith({ status: 'open', milestones: [{ milestoneId: 'demo' }] }, [stale]);
    await sendDue(store, port, holdMillis);
    expect([sent.length, told, store.read()]).toEqual([1, ['done-already'], []]);
  });

  it('is sent again with the new version, under a key of its own, where the other change has nothing to do with it', async () => {
    const store = commandStore(memory());
    store.change((queue) => hold(queue, milestone('a'), 0));
    const { port, sent, told } = portWith({ status: 'open', milestones: [] }, [stale]);
    await sendDue(store, port, holdMillis);
    expect([sent, told]).toEqual([
      [
        { id: 'a', ifMatch: '3' },
        { id: 'a-again', ifMatch: '5' },
      ],
      ['sent-again'],
    ]);
  });

  it('waits for the person where it was closed meanwhile, with everything that was typed', async () => {
    const store = commandStore(memory());
    store.change((queue) => hold(queue, milestone('a'), 0));
    const { port } = portWith({ status: 'lost', milestones: [] }, [stale]);
    await sendDue(store, port, holdMillis);
    expect(store.read()).toMatchObject([
      { id: 'a', state: 'failed', failure: { code: 'version-conflict' }, request: { body: { milestoneId: 'demo' } } },
    ]);
  });

  it('is found again after a reload, with its key, and is due at once', async () => {
    const storage = memory();
    commandStore(storage).change((queue) => hold(queue, milestone('a'), 1e12));
    const { port, sent } = portWith({}, []);
    await sendDue(commandStore(storage), port, 1);
    expect(sent).toEqual([{ id: 'a', ifMatch: '3' }]);
  });

  it('leaves nothing in the tab once it is done', async () => {
    const storage = memory();
    const store = commandStore(storage);
    store.change((queue) => hold(queue, milestone('a'), 0));
    await sendDue(store, portWith({}, []).port, holdMillis);
    expect(storage.kept.size).toBe(0);
  });
});

describe('the version in a tag', () => {
  it.each([
    ['"7.x4k"', '7'],
    ['W/"12"', '12'],
    [null, undefined],
    ['"x4k"', undefined],
  ])('%s', (tag, version) => expect(versionIn(tag)).toBe(version));
});
