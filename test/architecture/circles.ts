/** What each node points to. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * The circles of a graph, one for each group of nodes that reach each other.
 * @returns each group in the order of its names; a node that points to itself is a group of one
 */
export const circlesOf = (graph: Graph): readonly (readonly string[])[] => {
  const visits = new Map<string, { readonly index: number; low: number }>();
  const open: string[] = [];
  const circles: (readonly string[])[] = [];
  const visit = (node: string): number => {
    const own = { index: visits.size, low: visits.size };
    visits.set(node, own);
    open.push(node);
    for (const next of graph.get(node) ?? []) {
      const seen = visits.get(next);
      if (seen === undefined) own.low = Math.min(own.low, visit(next));
      else if (open.includes(next)) own.low = Math.min(own.low, seen.index);
    }
    if (own.low === own.index) {
      const group = open.splice(open.indexOf(node));
      if (group.length > 1 || graph.get(node)?.includes(node) === true) circles.push(group.toSorted());
    }
    return own.low;
  };
  for (const node of graph.keys()) if (!visits.has(node)) visit(node);
  return circles;
};
