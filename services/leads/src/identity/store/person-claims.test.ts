import { memoryParameters, type Parameters } from '@meilenstein/runtime';
import { inMemory, type InMemory } from '@meilenstein/runtime/testing/in-memory';
import { describe, expect, it } from 'vitest';
import { personClaims } from './person-claims.ts';

const name = '/test/person-key';
const ada = { email: 'ada@mills.example' };

/** A function that starts cold over a table and a parameter store. */
const start = (machinery: InMemory, parameters: Parameters) => personClaims(machinery, parameters, () => name);
const keyOf = async (machinery: InMemory, parameters: Parameters) => (await start(machinery, parameters)()).person(ada, null).email;

const deployment = () => ({ machinery: inMemory('2026-03-02T09:00:00.000Z'), parameters: memoryParameters() });

describe('the secret that persons are recognised by', () => {
  it('is made once, and is the same for all functions that start at the same time', async () => {
    const { machinery, parameters } = deployment();
    const keys = await Promise.all([1, 2, 3].map(() => keyOf(machinery, parameters)));
    expect(new Set(keys.map((key) => key?.value)).size).toBe(1);
    expect(await keyOf(machinery, parameters)).toEqual(keys[0]);
  });

  it('is loaded again for the next one, where somebody was ended while it was loading', async () => {
    const { machinery, parameters } = deployment();
    let isFirst = true;
    const ended: Parameters = {
      ...parameters,
      get: (path) => {
        const wasFirst = isFirst;
        isFirst = false;
        return wasFirst ? new Promise(() => undefined) : parameters.get(path);
      },
    };
    const persons = start(machinery, ended);
    void persons();
    expect((await persons()).person(ada, null).email).toBeDefined();
  });

  it('is not made again where it is lost: everything that needs it fails until it is restored', async () => {
    const { machinery, parameters } = deployment();
    const before = await keyOf(machinery, parameters);
    const empty = memoryParameters();
    const persons = start(machinery, empty);
    await expect(persons()).rejects.toThrow('is missing; restore it');
    expect(await empty.get(name)).toBeUndefined();
    await empty.put(name, (await parameters.get(name)) ?? '');
    expect((await persons()).person(ada, null).email).toEqual(before);
  });

  it('may not be replaced by another one', async () => {
    const { machinery, parameters } = deployment();
    await keyOf(machinery, parameters);
    await parameters.put(name, 'another one');
    await expect(start(machinery, parameters)()).rejects.toThrow('another secret than the one');
  });

  it('gets its fingerprint in a deployment that had it before there were fingerprints', async () => {
    const { machinery, parameters } = deployment();
    await parameters.put(name, 'an old one');
    const before = await keyOf(machinery, parameters);
    expect(await parameters.get(name)).toBe('an old one');
    await parameters.put(name, 'a new one');
    await expect(keyOf(machinery, parameters)).rejects.toThrow('another secret');
    await parameters.put(name, 'an old one');
    expect(await keyOf(machinery, parameters)).toEqual(before);
  });

  it('is not to be read from its fingerprint', async () => {
    const { machinery, parameters } = deployment();
    await keyOf(machinery, parameters);
    expect(JSON.stringify(machinery.table.dump())).not.toContain((await parameters.get(name)) ?? 'nothing');
    expect(machinery.table.dump()).toHaveLength(1);
  });
});
