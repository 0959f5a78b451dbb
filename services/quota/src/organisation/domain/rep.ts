import {
  endedMemberships,
  repAmended,
  repJoined,
  repLeft,
  repMoved,
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

export const evolveRep = (rep: Rep, { name, data, confidential }: Happened<RepFact>): Rep => {
  if (name === 'RepJoined') {
    const { repCode, role, loginSubject, teamId, effectiveFrom } = data;
    return {
      status: 'joined',
      repCode,
      role,
      loginSubject,
      name: confidential?.name ?? '',
      memberships: withMembership([], teamId, effectiveFrom),
    };
  }
  if (rep.status === 'none') return rep;
  switch (name) {
    case 'RepAmended':
      return { ...rep, repCode: data.repCode, role: data.role, loginSubject: data.loginSubject, name: confidential?.name ?? rep.name };
    case 'RepMoved':
      return { ...rep, memberships: withMembership(rep.memberships, data.teamId, data.effectiveFrom) };
    case 'RepLeft':
      return { ...rep, memberships: endedMemberships(rep.memberships, data.effectiveFrom) };
  }
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

const move = (rep: JoinedRep, wanted: RepDocument, today: Day): RepFact[] | 'past' => {
  const { repId, memberships, leavesOn } = wanted;
  const common = commonLength(rep.memberships, memberships);
  const changed = [...rep.memberships.slice(common).map((one) => one.from), ...memberships.slice(common).map((one) => one.effectiveFrom)];
  if (common === 0 || changed.some((from) => from < today)) return 'past';
  const last = memberships[common - 1];
  const leaves = leavingDay(rep);
  // A rep who stays after all, or longer, joins the team again before a new leaving day is recorded.
  const staysOn = leaves !== null && (leavesOn === null || leavesOn > leaves);
  const reopens = (rep.memberships.length > common || staysOn) && memberships.length === common;
  const left = leavesOn !== null && (leaves !== leavesOn || changed.length > 0) ? [repLeft.of({ repId, effectiveFrom: leavesOn })] : [];
  return [
    ...(reopens && last ? [repMoved.of({ repId, ...last })] : []),
    ...memberships.slice(common).map((one) => repMoved.of({ repId, ...one })),
    ...left,
  ];
};

/** Brings the rep in line with the document: joins, amends, moves or leaves. Everything before today stays unchanged. */
export const alignRep = (rep: Rep, wanted: RepDocument, today: Day): Decision<RepFact, Refusal<Code>> => {
  if (rep.status === 'none') return decided(...join(wanted));
  const moved = move(rep, wanted, today);
  if (moved === 'past')
    return refused('past-membership-immutable', 'memberships that began before today cannot change; append a new one', {
      field: 'reps.memberships',
      value: wanted.repId,
    });
  return decided(...amend(rep, wanted), ...moved);
};

/** A rep who is left out of the document leaves today. */
export const dismissRep = (rep: Rep, repId: RepId, today: Day): Decision<RepFact, never> => {
  if (rep.status === 'none') return decided();
  const leaves = leavingDay(rep);
  return leaves !== null && leaves <= today ? decided() : decided(repLeft.of({ repId, effectiveFrom: today }));
};
