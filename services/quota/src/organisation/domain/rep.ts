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

/** An employee who sells: who, and in which teams from when. */
export type Rep =
  | { readonly status: 'none' }
  | {
      readonly status: 'known';
      readonly repCode: string;
      readonly role: 'rep' | 'manager';
      readonly loginSubject: string;
      readonly name: string;
      readonly memberships: readonly Membership[];
    };
export type KnownRep = Extract<Rep, { status: 'known' }>;

export const noRep: Rep = { status: 'none' };

export const evolveRep = (rep: Rep, { name, data, confidential }: Happened<RepFact>): Rep => {
  if (name === 'RepJoined') {
    const { repCode, role, loginSubject, teamId, effectiveFrom } = data;
    return {
      status: 'known',
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

/** First day on which the person sells no more; null while employed. */
const leavingDay = (rep: KnownRep): Day | null => rep.memberships.at(-1)?.until ?? null;

/** The rep as the document of the organisation says it. */
export const toRepDocument = (repId: RepId, rep: KnownRep): RepDocument => ({
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

const amend = (rep: KnownRep, { repId, repCode, role, loginSubject, name }: RepDocument): RepFact[] =>
  rep.repCode === repCode && rep.role === role && rep.loginSubject === loginSubject && rep.name === name
    ? []
    : [repAmended.of({ repId, repCode, role, loginSubject }, { confidential: { name } })];

/** How many memberships both sides begin with. */
const inCommon = (known: readonly Membership[], wanted: Wanted): number => {
  const differs = known.findIndex((one, index) => one.teamId !== wanted[index]?.teamId || one.from !== wanted[index]?.effectiveFrom);
  return differs === -1 ? known.length : differs;
};

const move = (rep: KnownRep, wanted: RepDocument, today: Day): RepFact[] | 'past' => {
  const { repId, memberships, leavesOn } = wanted;
  const common = inCommon(rep.memberships, memberships);
  const changed = [...rep.memberships.slice(common).map((one) => one.from), ...memberships.slice(common).map((one) => one.effectiveFrom)];
  if (common === 0 || changed.some((from) => from < today)) return 'past';
  const last = memberships[common - 1];
  const leaves = leavingDay(rep);
  // Whoever stays after all, or longer, is in the team again before leaving is said anew.
  const staysOn = leaves !== null && (leavesOn === null || leavesOn > leaves);
  const reopens = (rep.memberships.length > common || staysOn) && memberships.length === common;
  const left = leavesOn !== null && (leaves !== leavesOn || changed.length > 0) ? [repLeft.of({ repId, effectiveFrom: leavesOn })] : [];
  return [
    ...(reopens && last ? [repMoved.of({ repId, ...last })] : []),
    ...memberships.slice(common).map((one) => repMoved.of({ repId, ...one })),
    ...left,
  ];
};

/** Makes the rep what the document says: joins, amends, moves, leaves. What lies before today stays as it was. */
export const alignRep = (rep: Rep, wanted: RepDocument, today: Day): Decision<RepFact, Refusal<Code>> => {
  if (rep.status === 'none') return decided(...join(wanted));
  const moved = move(rep, wanted, today);
  if (moved === 'past')
    return refused('past-membership-immutable', 'memberships that began before today are history; append a new one', {
      field: 'reps.memberships',
      value: wanted.repId,
    });
  return decided(...amend(rep, wanted), ...moved);
};

/** Who is not in the document any more leaves today. */
export const dismissRep = (rep: Rep, repId: RepId, today: Day): Decision<RepFact, never> => {
  if (rep.status === 'none') return decided();
  const leaves = leavingDay(rep);
  return leaves !== null && leaves <= today ? decided() : decided(repLeft.of({ repId, effectiveFrom: today }));
};
