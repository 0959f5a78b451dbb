import { viewDeleted, viewSaved, type Happened, type SavedView, type ViewFact } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal, type TeamId } from '@meilenstein/kernel';

export type View = SavedView & { readonly name: string };

/** A view, or none: not saved yet, or deleted. */
export type StoredView = View | null;

export const evolveView = (_: StoredView, fact: Happened<ViewFact>): StoredView =>
  fact.name === 'ViewDeleted' ? null : { ...fact.data, name: fact.confidential?.name ?? '' };

/** Who saves, and the teams that they may share with. */
export type ViewCaller = { readonly subject: string; readonly teams: readonly TeamId[] };

/** More of them would be no help to anybody. */
export const mostViews = 50;

type Wanted = Omit<View, 'loginSubject'>;
type Code = 'view-not-found' | 'team-not-found' | 'too-many-views';

const notFound = (viewId: string) =>
  refused('view-not-found', 'viewId: there is no such view, or somebody else has saved it', { field: 'viewId', value: viewId });

/** Saves a view for the caller. A view of somebody else looks like none; `own` is how many the caller has saved already. */
export const saveView = (
  before: StoredView,
  wanted: Wanted,
  { subject, teams }: ViewCaller,
  own: number,
): Decision<ViewFact, Refusal<Code>> => {
  if (before !== null && before.loginSubject !== subject) return notFound(wanted.viewId);
  if (wanted.teamId !== null && !teams.some((team) => team === wanted.teamId))
    return refused('team-not-found', 'teamId: a view is shared with a team that you belong to or lead', {
      field: 'teamId',
      value: wanted.teamId,
    });
  if (before === null && own >= mostViews)
    return refused('too-many-views', `one person saves at most ${mostViews} views; delete one first`, { field: 'viewId' });
  const { name, ...data } = wanted;
  const isSame = before !== null && JSON.stringify({ ...data, loginSubject: subject, name }) === JSON.stringify(ordered(before));
  return isSame ? decided() : decided(viewSaved.of({ ...data, loginSubject: subject }, { confidential: { name } }));
};

const ordered = ({ viewId, list, filter, teamId, loginSubject, name }: View): View => ({
  viewId,
  list,
  filter,
  teamId,
  loginSubject,
  name,
});

/** Deletes a view that the caller has saved. */
export const deleteView = (
  before: StoredView,
  viewId: string,
  { subject }: Pick<ViewCaller, 'subject'>,
): Decision<ViewFact, Refusal<'view-not-found'>> =>
  before === null || before.loginSubject !== subject ? notFound(viewId) : decided(viewDeleted.of({ viewId }));
