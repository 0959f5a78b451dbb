import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useFilter } from '../app/filter.ts';
import { useMe } from './me.ts';
import { firstNode, nodeId, nodeIn, nodesFor, seesEverything, type Node, type NodeGroup } from './nodes.ts';
import { usePeople } from './people.ts';
import { useProcesses } from './processes.ts';

export type Nodes = {
  /** the node of the address, or the first one of the caller */
  readonly node: Node;
  /** the one that the caller sees where the address names none */
  readonly first: Node;
  readonly groups: readonly NodeGroup[];
  readonly nameOf: (node: Node) => string;
  readonly choose: (id: string) => void;
};

/** The nodes that the caller may see, and the one in the address. */
export const useNodes = ({ isSelling = false }: { readonly isSelling?: boolean } = {}): Nodes => {
  const t = useTranslations('nodes');
  const me = useMe();
  const people = usePeople();
  const language = useLocale();
  const [filter, change] = useFilter();
  const isForSegments = isSelling && seesEverything(me) && me.roles.some((role) => role === 'operations' || role === 'admin');
  const segments = useRead('GET /segments', {}, { rhythm: 'once', enabled: isForSegments });
  const processes = useProcesses();
  const groups = useMemo(() => {
    const found = nodesFor(me, {
      teams: people.teams,
      reps: people.active.map(({ repId, name, teamId }) => ({ key: repId, name, teamId })),
      segments: isSelling ? (segments.data?.body.segments ?? []).map(({ segmentId, name }) => ({ key: segmentId, name })) : [],
      processes: isSelling ? processes.all.map(({ processId, name }) => ({ key: processId, name: name[language] })) : [],
    });
    return found.map(({ level, nodes }) => ({ level, nodes: level === 'company' ? [{ key: 'company', name: t('company') }] : nodes }));
  }, [me, people, segments.data, processes, isSelling, language, t]);
  const asked = nodeIn(filter['node']);
  const isOfKind = isSelling || (asked?.level !== 'segment' && asked?.level !== 'process');
  const node = asked !== undefined && isOfKind ? asked : firstNode(me);
  return {
    node,
    first: firstNode(me),
    groups,
    nameOf: ({ level, key }) => groups.find((group) => group.level === level)?.nodes.find((each) => each.key === key)?.name ?? key,
    choose: (id) => change({ node: id === nodeId(firstNode(me)) ? undefined : id }),
  };
};
