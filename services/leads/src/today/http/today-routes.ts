import { subtreeOf, type HandlersOf, type leadsApi } from '@meilenstein/contracts';
import { addDays, refused, startOfDay, type RepId } from '@meilenstein/kernel';
import { maySee } from '@meilenstein/runtime';
import { queuesOf } from '../../assignment/http/queue-routes.ts';
import { taskTitle } from '../../follow-up/domain/task-title.ts';
import { titleOf } from '../../lead/domain/lead-title.ts';
import { maySeeQueue, visibleLeads, zoneOf, type Today } from '../../lead/http/visible-lead.ts';
import type { FoundLead } from '../../lead/store/lead-store.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { leadLines } from '../domain/lead-lines.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'GET /today/leads'>;

const mostLines = 200;
const mostOpen = 5000;

/** The day as the rep sees it, whoever asks: a manager is shown the queues of the rep and not their own. */
const asRep = (now: Today, rep: RepId): Today => ({ ...now, rep, scope: { kind: 'reps', reps: [rep] } });

/** What a rep has to do about leads today: a few queries, and no further one for each lead. */
export const todayRoutes = (deps: LeadsDeps): Routes => {
  const { leads, followUps, routing, survivorship } = deps.stores;
  const { today } = visibleLeads(deps);

  const waitingFor = async (now: Today) => {
    const { document } = await routing.rules.current();
    const queues = queuesOf(document).filter(({ teamId }) => maySeeQueue(now, teamId));
    const pages = await Promise.all(queues.map(({ queueId }) => leads.inQueue(queueId, { limit: 100 })));
    return pages.flatMap(({ items }) => items).filter(({ lead }) => lead.queue !== null && maySeeQueue(now, lead.queue.teamId));
  };

  const escalatedTo = async ({ company, rep }: Today) => {
    const led = company.teams.filter((team) => rep !== undefined && team.managers.includes(rep));
    const teams = [...new Set(led.flatMap((team) => subtreeOf(company, team.teamId)))];
    if (teams.length === 0) return [];
    const { items } = await followUps.tasksOf({ owners: [], teams }, { limit: 100 });
    return leads.findMany([...new Set(items.map((task) => task.leadId))]);
  };

  return {
    'GET /today/leads': async ({ query, caller }) => {
      const now = await today(caller);
      const repId = query.rep ?? now.rep;
      if (repId === undefined || !maySee(now.scope, repId) || !now.company.reps.some((one) => one.repId === repId))
        return refused('rep-not-found', 'rep: name a rep whose leads you may see', { field: 'rep', value: query.rep ?? '' });
      const seen = asRep(now, repId);
      const [own, waiting, escalated, { rules }] = await Promise.all([
        leads.allOf([repId], { openOnly: true, most: mostOpen }),
        waitingFor(seen),
        escalatedTo(seen),
        survivorship.current(),
      ]);
      const titled = (found: readonly FoundLead[]) => found.map((one) => ({ ...one, title: titleOf(one.lead, rules) }));
      const tasks = [...own.leads, ...escalated].flatMap(({ lead }) => lead.tasks);
      const versions = await followUps.versions(tasks.flatMap(({ step }) => step?.sequencesVersion ?? []));
      const lines = leadLines(
        { own: titled(own.leads), waiting: titled(waiting), escalated: titled(escalated) },
        {
          now: deps.clock.now(),
          until: startOfDay(addDays(now.today, 1), zoneOf(now)),
          titleOf: (task) => taskTitle(task, versions),
        },
      );
      return { status: 200, body: { repId, today: now.today, lines: lines.slice(0, mostLines), total: lines.length } };
    },
  };
};
