/** What a stale command means now that the entity is known as it is. */
export type Judgement = 'done-already' | 'still-meant' | 'decide-again';

type Entity = Readonly<Record<string, unknown>>;
type Asked = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Entity => typeof value === 'object' && value !== null;
const recordIn = (value: unknown): Entity => (isRecord(value) ? value : {});
const isClosed = (now: Entity): boolean => typeof now['status'] === 'string' && ['won', 'lost', 'cancelled'].includes(now['status']);

const milestoneReached = (now: Entity, asked: Asked): boolean =>
  Array.isArray(now['milestones']) && now['milestones'].some((each) => recordIn(each)['milestoneId'] === asked['milestoneId']);

const sameValue = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

const rules: Readonly<Record<string, (now: Entity, asked: Asked, before: Entity) => Judgement>> = {
  'POST /opportunities/{opportunityId}/milestones': (now, asked) => {
    if (milestoneReached(now, asked)) return 'done-already';
    return isClosed(now) ? 'decide-again' : 'still-meant';
  },
  'POST /opportunities/{opportunityId}/responses': (now) => (isClosed(now) ? 'decide-again' : 'still-meant'),
  'POST /opportunities/{opportunityId}/reopen': (now) => (now['status'] === 'open' ? 'done-already' : 'decide-again'),
  'POST /opportunities/{opportunityId}/lose': (now) => {
    if (now['status'] === 'lost') return 'done-already';
    return 'decide-again';
  },
  'POST /opportunities/{opportunityId}/amend': (now, asked, before) => {
    const fields = Object.keys(asked);
    if (fields.every((field) => sameValue(now[field], asked[field]))) return 'done-already';
    return fields.every((field) => sameValue(now[field], before[field])) && !isClosed(now) ? 'still-meant' : 'decide-again';
  },
  'POST /accounts/{accountId}/amend': (now, asked, before) => {
    const fields = Object.keys(asked);
    if (fields.every((field) => sameValue(now[field], asked[field]))) return 'done-already';
    return fields.every((field) => sameValue(now[field], before[field])) ? 'still-meant' : 'decide-again';
  },
  'POST /leads/{leadId}/answer': (now) =>
    recordIn(now['service'] ?? now['serviceLevel'])['state'] === 'answered' ? 'done-already' : 'still-meant',
  'POST /leads/{leadId}/assign': (now, asked) => (recordIn(now['owner'])['repId'] === asked['repId'] ? 'done-already' : 'decide-again'),
  'POST /leads/{leadId}/convert': (now) => (now['status'] === 'converted' ? 'done-already' : 'still-meant'),
  'POST /leads/{leadId}/disqualify': (now) => (now['status'] === 'disqualified' ? 'done-already' : 'decide-again'),
};

/**
 * Judges a command that was refused because somebody had changed the entity meanwhile.
 *
 * @param before the entity as the person saw it
 * @param now the entity as it is
 */
export const judgeConflict = (
  key: string,
  asked: unknown,
  { before, now }: { readonly before: unknown; readonly now: unknown },
): Judgement => rules[key]?.(recordIn(now), recordIn(asked), recordIn(before)) ?? 'decide-again';
