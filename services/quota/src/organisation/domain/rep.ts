import {
  endedMemberships,
  repAmended,
  repJoined,
  repLeft,
  repMembershipsCorrected,
  repMoved,
  teamIn,
  withMembership,
  type Happened,
  type Membership,
  type Organisation,
  type RepFact,
} from '@meilenstein/contracts';
import { decided, refused, type Day, type Decision, type Refusal, type RepId } from '@meilenstein/kernel';

export type RepDocument = Organisation['reps'][number];

/** An employee who sells, and the teams that the person has belonged to. */
export type Rep =
  | { readonly status: 'none' }
  | {
      readonly status: 'joined';
      readonly repCode: string;
      readonly role: 'rep' | 'manager';
      readonly loginSubject: string;
      readonly name: string;
      readonly memberships: readonly Membership[];
    };
export type JoinedRep = Extract<Rep, { status: 'joined' }>;

export const noRep: Rep = { status: 'none' };

const membershipsAfter = (memberships: readonly Membership[], { name, data }: RepFact | Happened<RepFact>): readonly Membership[] => {
  switch (name) {
    case 'RepJoined':
      return withMembership([], data.teamId, data.effectiveFrom);
    case 'RepMoved':
      return withMembership(memberships, data.teamId, data.effectiveFrom);
    case 'RepMembershipsCorrected':
      return data.memberships;
    case 'RepLeft':
      return endedMemberships(memberships, data.effectiveFrom);
    case 'RepAmended':
      return memberships;
  }
};

export const evolveRep = (rep: Rep, happened: Happened<RepFact>): Rep => {
  const { name, data, confidential } = happened;
  if (name === 'RepJoined') {
    const { repCode, role, loginSubject } = data;
    return { status: 'joined', repCode, role, loginSubject, name: confidential?.name ?? '', memberships: membershipsAfter([], happened) };
  }
  if (rep.status === 'none') return rep;
  if (name === 'RepAmended')
    return { ...rep, repCode: data.repCode, role: data.role, loginSubject: data.loginSubject, name: confidential?.name ?? rep.name };
  return { ...rep, memberships: membershipsAfter(rep.memberships, happened) };
};

/** The first day on which the person no longer sells; null while employed. */
const leavingDay = (rep: JoinedRep): Day | null => rep.memberships.at(-1)?.until ?? null;

/** The rep as the organisation document shows it. */
export const toRepDocument = (repId: RepId, rep: JoinedRep): RepDocument => ({
  repId,
  repCode: rep.repCode,
  name: rep.name,
  role: rep.role,
  loginSubject: rep.loginSubject,
  memberships: rep.memberships.map(({ teamId, from }) => ({ teamId, effectiveFrom: from })),
  leavesOn: leavingDay(rep),
});

type Code = 'past-membership-immutable';
type Wanted = RepDocument['memberships'];

const join = (wanted: RepDocument): RepFact[] => {
  const { repId, repCode, role, loginSubject, name, memberships, leavesOn } = wanted;
  const [first, ...later] = memberships;
  if (first === undefined) return [];
  const joined = repJoined.of(
    { repId, repCode, role, loginSubject, teamId: first.teamId, effectiveFrom: first.effectiveFrom },
    { confidential: { name } },
  );
  const left = leavesOn === null ? [] : [repLeft.of({ repId, effectiveFrom: leavesOn })];
  return [joined, ...later.map((one) => repMoved.of({ repId, ...one })), ...left];
};

const amend = (rep: JoinedRep, { repId, repCode, role, loginSubject, name }: RepDocument): RepFact[] =>
  rep.repCode === repCode && rep.role === role && rep.loginSubject === loginSubject && rep.name === name
    ? []
    : [repAmended.of({ repId, repCode, role, loginSubject }, { confidential: { name } })];

/** The number of equal memberships at the beginning of both lists. */
const commonLength = (current: readonly Membership[], wanted: Wanted): number => {
  const differs = current.findIndex((one, index) => one.teamId !== wanted[index]?.teamId || one.from !== wanted[index]?.effectiveFrom);
  return differs === -1 ? current.length : differs;
};

const move = (rep: JoinedRep, wanted: RepDocument): RepFact[] => {
  const { repId, memberships, leavesOn } = wanted;
  const common = commonLength(rep.memberships, memberships);
  const last = memberships[common - 1];
  const leaves = leavingDay(rep);
  // A rep who stays after all, or longer, joins the team again before a new leaving day is recorded.
  const staysOn = leaves !== null && (leavesOn === null || leavesOn > leaves);
  const reopens = (rep.memberships.length > common || staysOn) && memberships.length === common;
  const changed = rep.memberships.length + memberships.length > 2 * common;
  const left = leavesOn !== null && (leaves !== leavesOn || changed) ? [repLeft.of({ repId, effectiveFrom: leavesOn })] : [];
  return [
    ...(reopens && last ? [repMoved.of({ repId, ...last })] : []),
    ...memberships.slice(common).map((one) => repMoved.of({ repId, ...one })),
    ...left,
  ];
};

/** The memberships that a document means: each one ends the one before, and a gap that is known already stays. */
const membershipsOf = (rep: JoinedRep, { memberships, leavesOn }: RepDocument): readonly Membership[] => {
  const common = commonLength(rep.memberships, memberships);
  return memberships.map(({ teamId, effectiveFrom: from }, index) => {
    const next = memberships[index + 1]?.effectiveFrom;
    const ended = index < common ? (rep.memberships[index]?.until ?? null) : null;
    const until = next !== undefined && ended !== null && ended < next ? ended : (next ?? leavesOn);
    return { teamId, from, until };
  });
};

/** The first day on which two lists of memberships name different teams; undefined where they agree on all days. */
const firstDifference = (before: readonly Membership[], after: readonly Membership[]): Day | undefined =>
  [...before, ...after]
    .flatMap(({ from, until }) => (until === null ? [from] : [from, until]))
    .toSorted()
    .find((day) => teamIn(before, day) !== teamIn(after, day));

/** What is told late is a correction: the event has all memberships, because a move alone would end those that began after it. */
const correct = (repId: RepId, memberships: readonly Membership[], effectiveFrom: Day): RepFact[] => [
  repMembershipsCorrected.of({ repId, memberships: [...memberships], effectiveFrom }),
];

const same = (before: readonly Membership[], after: readonly Membership[]): boolean =>
  before.length === after.length &&
  before.every(({ teamId, from, until }, index) => {
    const other = after[index];
    return teamId === other?.teamId && from === other.from && until === other.until;
  });

/** Today, and the first day of the oldest month that is open. */
export type OpenDays = { readonly today: Day; readonly openSince: Day };

/**
 * Brings the rep in line with the document: joins, amends, moves, leaves, or corrects days that have passed. Days of a closed month stay
 * unchanged, because targets and credits of that month are settled.
 */
export const alignRep = (rep: Rep, wanted: RepDocument, { today, openSince }: OpenDays): Decision<RepFact, Refusal<Code>> => {
  if (rep.status === 'none') return decided(...join(wanted));
  const amended = amend(rep, wanted);
  const meant = membershipsOf(rep, wanted);
  const changed = firstDifference(rep.memberships, meant);
  // The same team may be written as one membership or as two that follow each other: no day changes, and the document is kept as it was written.
  if (changed === undefined) return decided(...amended, ...(same(rep.memberships, meant) ? [] : correct(wanted.repId, meant, today)));
  if (changed < openSince)
    return refused(
      'past-membership-immutable',
      `days before ${openSince} lie in a closed month and keep their team; the first day that would change is ${changed}`,
      { field: 'reps.memberships', value: wanted.repId },
    );
  const moved = move(rep, wanted);
  // A move says nothing of the memberships before it: one that is put off begins where the document says only as a correction.
  const isMove = changed >= today && same(moved.reduce(membershipsAfter, rep.memberships), meant);
  return decided(...amended, ...(isMove ? moved : correct(wanted.repId, meant, changed)));
};

/** A rep who is left out of the document leaves today. */
export const dismissRep = (rep: Rep, repId: RepId, today: Day): Decision<RepFact, never> => {
  if (rep.status === 'none') return decided();
  const leaves = leavingDay(rep);
  return leaves !== null && leaves <= today ? decided() : decided(repLeft.of({ repId, effectiveFrom: today }));
};
