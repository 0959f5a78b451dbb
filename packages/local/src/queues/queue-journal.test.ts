import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createQueue } from './queue.ts';
import { openJournal } from './queue-journal.ts';

const root = mkdtempSync(join(tmpdir(), 'journal-'));
afterAll(() => rmSync(root, { recursive: true }));

const queueIn = (folder: string) =>
  createQueue({
    name: 'waiting',
    arn: 'arn',
    visibilityMillis: 1000,
    retentionMillis: 3_600_000,
    delayMillis: 0,
    journal: openJournal(folder, 'waiting'),
  });
const bodiesIn = (folder: string): readonly string[] => openJournal(folder, 'waiting').messages.map(({ body }) => body);

describe('a queue whose process was killed', () => {
  it('still holds every message that nobody deleted, even a received one', () => {
    const folder = join(root, 'killed');
    const queue = queueIn(folder);
    for (const body of ['done', 'in flight', 'put back', 'waiting']) queue.send(body);
    const [done, , back] = queue.receive(3);
    queue.remove(done?.receipt ?? '');
    queue.putBack(back?.receipt ?? '', 0);
    expect(bodiesIn(folder).toSorted()).toEqual(['in flight', 'put back', 'waiting']);
  });

  it('leaves out the line that was being written', () => {
    const folder = join(root, 'torn');
    queueIn(folder).send('whole');
    appendFileSync(join(folder, 'waiting.ndjson'), '{"put":{"id":"x","bo');
    expect(bodiesIn(folder)).toEqual(['whole']);
    queueIn(folder).send('next');
    expect(bodiesIn(folder)).toEqual(['whole', 'next']);
  });

  it('reads the file of an earlier version', () => {
    const folder = join(root, 'older');
    queueIn(folder).stop();
    const message = { id: 'm', body: 'old', attributes: {}, sentAt: 1, visibleAt: 1, receiveCount: 0 };
    writeFileSync(join(folder, 'waiting.json'), JSON.stringify([message]));
    expect([bodiesIn(folder), bodiesIn(folder), readdirSync(folder)]).toEqual([['old'], ['old'], ['waiting.ndjson']]);
  });

  it('says which file cannot be read', () => {
    const folder = join(root, 'broken');
    queueIn(folder).stop();
    writeFileSync(join(folder, 'waiting.ndjson'), 'nonsense\n');
    expect(() => openJournal(folder, 'waiting')).toThrow('waiting.ndjson: cannot be read');
  });
});
