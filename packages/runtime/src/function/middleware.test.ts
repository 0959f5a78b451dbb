import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { count, middleware } from './middleware.ts';

const contextWith = (getRemainingTimeInMillis: () => number): Context => ({
  getRemainingTimeInMillis,
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'any',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn',
  memoryLimitInMB: '128',
  awsRequestId: 'request',
  logGroupName: 'group',
  logStreamName: 'stream',
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});

describe('a function that waits', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const waiting = (remaining: (passed: number) => number) => {
    const begin = Date.now();
    const ended: unknown[] = [];
    middleware(() => new Promise<string>((resolve) => setTimeout(() => resolve('done'), 5000)))(
      {},
      contextWith(() => remaining(Date.now() - begin)),
    ).then(
      (answer: unknown) => ended.push(answer),
      (error: unknown) => ended.push(String(error)),
    );
    return ended;
  };

  it('is ended shortly before its time is over', async () => {
    const ended = waiting((passed) => 1000 - passed);
    await vi.advanceTimersByTimeAsync(799);
    expect(ended).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(ended).toEqual(['Error: the function ran out of time']);
  });

  it('goes on while its remaining time passes more slowly than the clock', async () => {
    const ended = waiting((passed) => 1000 - passed / 10);
    await vi.advanceTimersByTimeAsync(4999);
    expect(ended).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toEqual(['done']);
  });
});

describe('what a function counts', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it('is told apart by stage, so that two stages in one account do not set off each other’s alarms', () => {
    vi.stubEnv('STAGE', 'prod');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    const lines: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
    count('SubmissionUnread');
    write.mockRestore();
    expect(JSON.parse(lines.join(''))).toMatchObject({
      SubmissionUnread: 1,
      stage: 'prod',
      _aws: { CloudWatchMetrics: [{ Namespace: 'meilenstein', Dimensions: [['service', 'stage']] }] },
    });
  });
});
