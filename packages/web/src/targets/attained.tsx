import type { ReactNode } from 'react';
import type { Answer } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { nodeId, type Node } from '../company/nodes.ts';
import { Bone } from '../parts/message.tsx';

export type Attainment = Answer<'GET /attainment'>;

type AttainedProps = { readonly node: Node; readonly period: string; readonly show: (attainment: Attainment) => ReactNode };

/** One figure of what a node achieved in a period; cells of one line read the same answer. */
export const Attained = ({ node, period, show }: AttainedProps) => {
  const { data, isError, isPlaceholderData } = useRead('GET /attainment', { query: { node: nodeId(node), period } }, { rhythm: 'calm' });
  if (data === undefined || isPlaceholderData) return isError ? '–' : <Bone width="4rem" />;
  return show(data.body);
};
