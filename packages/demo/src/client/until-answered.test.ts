import { describe, expect, it } from 'vitest';
import { untilAnswered } from './until-answered.ts';

const invented = () => {
  let millis = 0;
  const clock = { now: () => millis, pause: async (asked: number) => void (millis += asked) };
  return { clock, seconds: () => millis / 1000 };
};
const cloudThatMoves = (moved: () => number) => ({ movement: () => ({ moved: moved(), left: 0, isRunning: false }) });
const still = cloudThatMoves(() => 0);
const lost = (): Promise<never> => Promise.reject(new TypeError('fetch failed', { cause: new Error('read ECONNRESET') }));

/** Answers these one after the other, then the last one again and again. */
const answering = (...answers: (number | 'lost')[]) => {
  let calls = 0;
  const ask = async () => {
    const next = answers[Math.min(calls, answers.length - 1)] ?? 200;
    calls += 1;
    return next === 'lost' ? lost() : { status: next, text: `answer ${calls}` };
  };
  return { ask, calls: () => calls };
};

describe('untilAnswered', () => {
  it.each([429, 500, 502, 503, 504, 'lost'] as const)('asks again after %s, and answers with what follows', async (failure) => {
    const { ask } = answering(failure, failure, 201);
    expect(await untilAnswered(still, 'POST /sources', ask, invented().clock)).toEqual({ status: 201, text: 'answer 3' });
  });

  it.each([200, 304, 400, 401, 404, 409, 412, 422])('answers %i at once, because that is an answer about the request', async (status) => {
    const { ask, calls } = answering(status);
    expect((await untilAnswered(still, 'GET /leads', ask, invented().clock)).status).toBe(status);
    expect(calls()).toBe(1);
  });

  it('gives up after a minute without movement, with the last failure', async () => {
    const { clock, seconds } = invented();
    const { ask, calls } = answering(503, 'lost');
    await expect(untilAnswered(still, 'PUT /settings', ask, clock)).rejects.toThrow(
      'nothing has moved for 60 s: PUT /settings: read ECONNRESET',
    );
    expect(calls()).toBeLessThan(1000);
    expect(seconds()).toBeGreaterThan(60);
  });

  it('does not give up while something moves', async () => {
    let failures = 0;
    const ask = async () => ({ status: (failures += 1) < 500 ? 503 : 200 });
    const slow = cloudThatMoves(() => Math.floor(failures / 8));
    expect((await untilAnswered(slow, 'PUT /organisation', ask, invented().clock)).status).toBe(200);
  });

  it('throws an error that is not a failed connection', async () => {
    const broken = (): Promise<never> => Promise.reject(new RangeError('a mistake of ours'));
    await expect(untilAnswered(still, 'GET /', broken, invented().clock)).rejects.toThrow('a mistake of ours');
  });
});
