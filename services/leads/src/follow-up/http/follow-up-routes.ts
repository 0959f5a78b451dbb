import { subtreeOf, type HandlersOf, type leadsApi, type TaskView } from '@meilenstein/contracts';
import { leadId, refused, type RepId } from '@meilenstein/kernel';
import { answerChange, expectedVersion, maySee, repOf } from '@meilenstein/runtime';
import { taskTitle } from '../domain/task-title.ts';
import { doTask, taskIsUnknown } from '../domain/follow-up-commands.ts';
import { experimentOf } from '../domain/follow-up-sequence.ts';
import { compareWordings } from '../domain/wording-test.ts';
import type { ListedTask, TaskLists } from '../store/follow-up-store.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { titleOf } from '../../lead/domain/lead-title.ts';
import { knowsRep, visibleLeads, type Today } from '../../lead/http/visible-lead.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  | 'GET /follow-up-sequences'
  | 'PUT /follow-up-sequences'
  | 'GET /follow-up-sequences/{sequenceId}/comparison'
  | 'GET /tasks'
  | 'POST /tasks/{taskId}/done'
>;

const sequenceNotFound = refused('sequence-not-found', 'sequenceId: no sequence in force has this id; GET /follow-up-sequences lists them');
const comparesNothing = refused('nothing-to-compare', 'sequenceId: none of its e-mails has a second wording');

/** The task lists that a caller may see: their own, and the escalations of the teams they manage. */
const listsOf = ({ company, scope, rep }: Today, wanted: RepId | undefined): TaskLists => {
  if (wanted !== undefined) return { owners: maySee(scope, wanted) ? [wanted] : [], teams: [] };
  if (scope.kind === 'everyone')
    return { owners: [...company.reps.map((one) => one.repId), null], teams: company.teams.map((one) => one.teamId) };
  const led = company.teams.filter((team) => rep !== undefined && team.managers.includes(rep));
  const isManager = scope.reps.length > 1 || led.length > 0;
  return { owners: scope.reps, teams: isManager ? [...new Set(led.flatMap((team) => subtreeOf(company, team.teamId)))] : [] };
};

const escalationTitle = 'The deadline passed and nobody has answered this lead: call or write now';

/** Follow-up sequences, their comparison, and tasks. */
export const followUpRoutes = (deps: LeadsDeps): Routes => {
  const { leads, followUps, qualification, survivorship } = deps.stores;
  const { today, find } = visibleLeads(deps);

  /** Titles come from the version of the sequences, so that no text is stored with a person's lead. */
  const views = async (tasks: readonly ListedTask[]): Promise<TaskView[]> => {
    const [versions, found, { rules }] = await Promise.all([
      followUps.versions(tasks.flatMap(({ step }) => step?.sequencesVersion ?? [])),
      leads.findMany([...new Set(tasks.map((one) => one.leadId))]),
      survivorship.current(),
    ]);
    const byId = new Map(found.map((one) => [one.lead.leadId, one]));
    return tasks.flatMap(({ taskId, leadId: of, step, dueAt, doneAt }) => {
      const title = taskTitle({ step }, versions) ?? escalationTitle;
      const lead = byId.get(of);
      if (lead === undefined) return [];
      const about = { leadTitle: titleOf(lead.lead, rules), leadVersion: lead.version };
      return [{ taskId, leadId: of, kind: step === null ? 'escalation' : 'follow-up', title, dueAt, doneAt, ...about }];
    });
  };

  return {
    'GET /follow-up-sequences': async () => {
      const body = await followUps.current();
      return { status: 200, body, etag: String(body.version) };
    },
    'PUT /follow-up-sequences': async ({ body, ifMatch }) => {
      const categories = ((await qualification.current()).criteria?.categories ?? []).map((one) => one.id);
      const result = await followUps.publish(body.sequences, { categories, ...expectedVersion(ifMatch) });
      return answerChange(result, ({ state, version }) => ({ status: 200, body: state, etag: String(version) }));
    },
    'GET /follow-up-sequences/{sequenceId}/comparison': async ({ path }) => {
      const sequence = (await followUps.current()).sequences.find((one) => one.sequenceId === path.sequenceId);
      if (sequence === undefined) return sequenceNotFound;
      const experiment = experimentOf(sequence);
      if (experiment === null) return comparesNothing;
      const comparison = compareWordings(await followUps.trialsOf(sequence.sequenceId, experiment), sequence.horizonDays, deps.clock.now());
      return { status: 200, body: { sequenceId: sequence.sequenceId, ...comparison } };
    },
    'GET /tasks': async ({ query, caller }) => {
      const now = await today(caller);
      if (query.rep !== undefined && !knowsRep(now, query.rep))
        return refused('rep-not-found', 'the organisation knows no such rep', { field: 'rep', value: query.rep });
      const page = await followUps.tasksOf(listsOf(now, query.rep), query);
      return { status: 200, body: { items: await views(page.items), next: page.next } };
    },
    'POST /tasks/{taskId}/done': async ({ path, caller }) => {
      const id = leadId.parse(path.taskId.slice(0, path.taskId.indexOf('.')));
      const seen = await today(caller);
      if ((await find(id, seen)) === undefined) return taskIsUnknown;
      const result = await leads.change(id, (state) => doTask(state, path.taskId, repOf(seen.company, caller)));
      if ('refused' in result) return { refused: result.refused };
      const state = 'changed' in result ? result.changed.state : undefined;
      const task = state === undefined || state.status === 'none' ? undefined : state.tasks.find((one) => one.taskId === path.taskId);
      const [body] = task === undefined ? [] : await views([{ ...task, leadId: id }]);
      return body === undefined ? taskIsUnknown : { status: 200, body };
    },
  };
};
