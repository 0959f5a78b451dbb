import { useRead } from '../api/use-read.ts';
import type { Answer } from '../api/routes.ts';
import { nodeId, type Node } from '../company/nodes.ts';

export type Attainment = Answer<'GET /attainment'>;

/** The figures of some lines; undefined while they are read, and where the API has none. */
export type AttainmentOf<Line> = { readonly of: (line: Line) => Attainment | undefined; readonly isPending: boolean };

/** The attainment of every node below a node, in one answer. */
export const useAttainmentBelow = (node: Node, period: string): AttainmentOf<Node> => {
  const { data, isPending, isPlaceholderData } = useRead(
    'GET /attainment/parts',
    { query: { node: nodeId(node), period, by: 'node' } },
    { rhythm: 'calm', enabled: node.level === 'company' || node.level === 'team' },
  );
  const items = isPlaceholderData ? undefined : data?.body.items;
  return {
    of: ({ level, key }) => items?.find((each) => each.node.level === level && each.node.key === key),
    isPending: isPending || isPlaceholderData,
  };
};

/** The attainment of a node in a year and in all of its quarters and months, by label. */
export const useAttainmentOfYear = (node: Node, year: string) => {
  const asked = { node: nodeId(node), period: year };
  const whole = useRead('GET /attainment', { query: asked }, { rhythm: 'calm' });
  const parts = useRead('GET /attainment/parts', { query: { ...asked, by: 'period' } }, { rhythm: 'calm' });
  const known = [
    ...(whole.data === undefined || whole.isPlaceholderData ? [] : [whole.data.body]),
    ...(parts.isPlaceholderData ? [] : (parts.data?.body.items ?? [])),
  ];
  return {
    whole,
    of: (label: string): Attainment | undefined => known.find(({ period }) => period.label === label),
    isPending: parts.isPending || parts.isPlaceholderData,
  };
};
