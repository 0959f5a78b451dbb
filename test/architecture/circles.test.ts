import { describe, expect, it } from 'vitest';
import { circlesOf, type Graph } from './circles.ts';
import { importsOf } from './imports.ts';

const graphOf = (lines: Readonly<Record<string, readonly string[]>>): Graph => new Map(Object.entries(lines));

describe('circlesOf', () => {
  it('finds none where every path ends', () => {
    expect(circlesOf(graphOf({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([]);
  });

  it('finds two files that import each other, a longer circle and a file that imports itself', () => {
    const graph = graphOf({ a: ['b'], b: ['a'], c: ['d'], d: ['e'], e: ['c', 'a'], f: ['f'] });
    expect(circlesOf(graph)).toEqual([['a', 'b'], ['c', 'd', 'e'], ['f']]);
  });
});

describe('the imports of the project', () => {
  it('form no cycle, type imports included', () => {
    const graph = new Map<string, string[]>();
    for (const { file, target } of importsOf('{packages,services}/*/src/**/*.ts').concat(importsOf('{infra,test}/**/*.ts')))
      if (target !== undefined) graph.set(file, [...(graph.get(file) ?? []), target]);
    expect(graph.size).toBeGreaterThan(500);
    expect(circlesOf(graph)).toEqual([]);
  });
});
