import type { ExclusionCode, GiveBackReason } from '@meilenstein/contracts';
import type { InLanguages } from '@meilenstein/kernel';

type UnassignReason = 'owner-has-left' | 'owner-is-absent' | 'not-answered';
type HandReason = 'manual' | 'queue-picked' | 'import' | 'merge';

/** Why a rep cannot get a lead, in more detail than the code. */
type ExclusionTexts = {
  readonly noTeam: string;
  readonly manager: string;
  readonly team: (id: string) => string;
  readonly territory: (name: string) => string;
  readonly noTerritory: string;
  readonly skill: (skill: string) => string;
  readonly languages: (languages: string) => string;
  readonly awayUntil: (at: string) => string;
  readonly away: string;
  readonly offDutyUntil: (at: string) => string;
  readonly offDuty: string;
  readonly capacity: (open: number, most: number) => string;
  /** the codes as words */
  readonly codes: Readonly<Record<ExclusionCode, string>>;
};

/** A routing decision in one sentence, for a rehearsal. */
type DecisionTexts = {
  readonly accountOwnerWithoutRule: string;
  readonly noRule: string;
  readonly accountOwner: (rule: string) => string;
  readonly rotation: (rule: string, reps: number) => string;
  readonly nobody: (rule: string, reasons: string) => string;
};

/** Sentences that both managers and reps read. */
type SharedTexts = {
  readonly noRules: string;
  readonly version: (version: number) => string;
  readonly territory: (id: string) => string;
  readonly didNotMatch: (rule: string, words: string) => string;
  readonly earlierRule: (sentence: string) => string;
  readonly noRuleMatched: (version: string) => string;
  readonly countsFor: (rule: string, version: string) => string;
  readonly routedBy: (rule: string, version: string) => string;
  readonly noMatchingRule: (queue: string) => string;
  readonly noEligibleRep: (queue: string) => string;
  readonly nowhere: string;
  readonly waits: (queue: string, since: string, due: string) => string;
  readonly waitsTooLong: (queue: string, since: string, due: string) => string;
};

type ManagerTexts = {
  readonly accountOwner: (rep: string) => string;
  readonly onlyRep: (rep: string) => string;
  readonly contender: (rep: string, count: number, weight: number) => string;
  readonly turn: (rep: string, reps: number, counts: string) => string;
  readonly passedOver: (reps: string, more: number) => string;
  readonly byHand: Readonly<Record<HandReason, (rep: string) => string>>;
  readonly giveBackReasons: Readonly<Record<GiveBackReason, string>>;
  readonly note: (text: string) => string;
  readonly gaveBack: (rep: string, at: string, why: string) => string;
  readonly takenAndGivenBack: (rep: string, at: string, why: string) => string;
  readonly taken: Readonly<Record<UnassignReason, (rep: string, at: string) => string>>;
  readonly earlier: (sentence: string) => string;
};

type RepTexts = {
  readonly accountOwner: string;
  readonly onlyRep: string;
  readonly turn: (reps: number) => string;
  readonly passedOver: (count: number, reasons: string) => string;
  readonly kinds: Readonly<Record<'team-or-territory' | 'skills-or-languages' | 'other', (count: number) => string>>;
  readonly byHand: Readonly<Record<HandReason, string>>;
  readonly givenBackByOther: (at: string) => string;
  readonly gaveBack: (at: string) => string;
  readonly takenAndGivenBack: (at: string) => string;
  readonly wasYours: (until: string) => string;
  readonly wasColleagues: (until: string) => string;
  readonly isColleagues: string;
};

export type AssignmentTexts = {
  readonly exclusions: ExclusionTexts;
  readonly decision: DecisionTexts;
  readonly shared: SharedTexts;
  readonly manager: ManagerTexts;
  readonly rep: RepTexts;
};

const because = (why: string): string => (why === '' ? '' : `: ${why}`);

const english: AssignmentTexts = {
  exclusions: {
    noTeam: 'has left, or has not started',
    manager: 'is a manager',
    team: (id) => `is in team ${id}`,
    territory: (name) => `does not cover ${name}`,
    noTerritory: 'cannot cover a lead without a territory',
    skill: (skill) => `lacks the skill ${skill}`,
    languages: (languages) => `speaks none of ${languages}`,
    awayUntil: (at) => `is away, back on ${at}`,
    away: 'is away, not back within two years',
    offDutyUntil: (at) => `is off duty, back on ${at}`,
    offDuty: 'is off duty, not back within two years',
    capacity: (open, most) => `has ${open} open leads of at most ${most}`,
    codes: {
      'belongs-to-no-team': 'in no team',
      'does-not-sell': 'not selling',
      'is-in-another-team': 'in another team',
      'covers-another-territory': 'in another territory',
      'lacks-a-skill': 'without the skill',
      'lacks-the-language': 'without the language',
      'is-absent': 'absent',
      'is-outside-working-hours': 'outside working hours',
      'is-at-capacity': 'at capacity',
    },
  },
  decision: {
    accountOwnerWithoutRule: 'owns the account; no rule matches',
    noRule: 'no rule matches',
    accountOwner: (rule) => `“${rule}”, and owns the account`,
    rotation: (rule, reps) => `“${rule}”, by rotation among ${reps}`,
    nobody: (rule, reasons) => `“${rule}”, but no rep is eligible: ${reasons}`,
  },
  shared: {
    noRules: 'no rules are published yet',
    version: (version) => `version ${version} of the rules`,
    territory: (id) => `It belongs to the territory ${id}.`,
    didNotMatch: (rule, words) => `“${rule}” did not match: ${words}.`,
    earlierRule: (sentence) => `Before it, ${sentence}`,
    noRuleMatched: (version) => `No rule matched this lead (${version}).`,
    countsFor: (rule, version) => `It counts as a lead of the rule “${rule}” (${version})`,
    routedBy: (rule, version) => `It was routed by the rule “${rule}” (${version})`,
    noMatchingRule: (queue) => `No rule matched, so it went to the queue ${queue}.`,
    noEligibleRep: (queue) => `No rep was eligible, so it went to the queue ${queue}.`,
    nowhere: 'It has no owner and is in no queue.',
    waits: (queue, since, due) => `It has waited in the queue ${queue} since ${since}; somebody must pick it by ${due}.`,
    waitsTooLong: (queue, since, due) => `It has waited in the queue ${queue} since ${since}; somebody should have picked it by ${due}.`,
  },
  manager: {
    accountOwner: (rep) => `${rep} owns the account and keeps it.`,
    onlyRep: (rep) => `${rep} was the only eligible rep.`,
    contender: (rep, count, weight) => `${rep} ${count}${weight === 1 ? '' : ` at weight ${weight}`}`,
    turn: (rep, reps, counts) => `It was the turn of ${rep}, one of ${reps} eligible reps; leads that each had received before: ${counts}.`,
    passedOver: (reps, more) => `Passed over: ${reps}${more === 0 ? '' : `, and ${more} more`}.`,
    byHand: {
      manual: (rep) => `${rep} was assigned this lead by hand.`,
      'queue-picked': (rep) => `${rep} picked it from the queue.`,
      import: (rep) => `${rep} owned it in the system that it was imported from.`,
      merge: (rep) => `${rep} owned the lead that turned out to be the same person.`,
    },
    giveBackReasons: {
      'no-time': 'no time for it',
      'other-market': 'it belongs to another market',
      'lacks-a-skill': 'it asks for a skill that is missing',
      'lacks-the-language': 'it asks for a language that is missing',
      'knows-the-person': 'knows the person too well',
      other: 'for another reason',
    },
    note: (text) => `“${text}”`,
    gaveBack: (rep, at, why) => `${rep} gave it back on ${at}${because(why)}.`,
    takenAndGivenBack: (rep, at, why) => `It was taken from ${rep} and given back on ${at}${because(why)}.`,
    taken: {
      'owner-has-left': (rep, at) => `It was taken from ${rep}, who has left, on ${at}.`,
      'owner-is-absent': (rep, at) => `It was taken from ${rep}, who is absent until after the deadline, on ${at}.`,
      'not-answered': (rep, at) => `It was taken from ${rep}, who had not answered in time, on ${at}.`,
    },
    earlier: (sentence) => `Before that: ${sentence}`,
  },
  rep: {
    accountOwner: 'You own the account and keep it.',
    onlyRep: 'You were the only eligible rep.',
    turn: (reps) => `It was your turn: ${reps} reps were eligible, including you.`,
    passedOver: (count, reasons) => `${count === 1 ? 'One other was' : `${count} others were`} passed over${because(reasons)}.`,
    kinds: {
      'team-or-territory': (count) => `${count} because of their team or territory`,
      'skills-or-languages': (count) => `${count} because they lack a skill or a language`,
      other: (count) => `${count} for other reasons`,
    },
    byHand: {
      manual: 'It was assigned to you by hand.',
      'queue-picked': 'You picked it from the queue.',
      import: 'It was yours in the system that it was imported from.',
      merge: 'You owned the lead that turned out to be the same person.',
    },
    givenBackByOther: (at) => `It was given back before, on ${at}.`,
    gaveBack: (at) => `You gave it back on ${at}.`,
    takenAndGivenBack: (at) => `It was taken from you and given back on ${at}.`,
    wasYours: (until) => `It was yours until ${until}.`,
    wasColleagues: (until) => `A colleague had it until ${until}.`,
    isColleagues: 'A colleague owns it.',
  },
};

const german: AssignmentTexts = {
  exclusions: {
    noTeam: 'ist ausgeschieden oder noch nicht da',
    manager: 'ist Führungskraft',
    team: (id) => `ist im Team ${id}`,
    territory: (name) => `deckt ${name} nicht ab`,
    noTerritory: 'kann keinen Lead ohne Gebiet abdecken',
    skill: (skill) => `hat die Fähigkeit ${skill} nicht`,
    languages: (languages) => `spricht keine der Sprachen ${languages}`,
    awayUntil: (at) => `ist abwesend, zurück am ${at}`,
    away: 'ist abwesend, in den nächsten zwei Jahren nicht zurück',
    offDutyUntil: (at) => `hat keine Arbeitszeit, wieder am ${at}`,
    offDuty: 'hat in den nächsten zwei Jahren keine Arbeitszeit',
    capacity: (open, most) => `hat ${open} offene Leads von höchstens ${most}`,
    codes: {
      'belongs-to-no-team': 'ohne Team',
      'does-not-sell': 'nicht im Verkauf',
      'is-in-another-team': 'in anderem Team',
      'covers-another-territory': 'in anderem Gebiet',
      'lacks-a-skill': 'ohne die Fähigkeit',
      'lacks-the-language': 'ohne die Sprache',
      'is-absent': 'abwesend',
      'is-outside-working-hours': 'außerhalb der Arbeitszeit',
      'is-at-capacity': 'ausgelastet',
    },
  },
  decision: {
    accountOwnerWithoutRule: 'zuständig für den Kunden; keine Regel trifft zu',
    noRule: 'keine Regel trifft zu',
    accountOwner: (rule) => `„${rule}“, zuständig für den Kunden`,
    rotation: (rule, reps) => `„${rule}“, reihum unter ${reps}`,
    nobody: (rule, reasons) => `„${rule}“, aber kein Verkäufer kommt infrage: ${reasons}`,
  },
  shared: {
    noRules: 'es sind noch keine Regeln veröffentlicht',
    version: (version) => `Version ${version} der Regeln`,
    territory: (id) => `Der Lead gehört zum Gebiet ${id}.`,
    didNotMatch: (rule, words) => `„${rule}“ traf nicht zu: ${words}.`,
    earlierRule: (sentence) => `Davor: ${sentence}`,
    noRuleMatched: (version) => `Auf diesen Lead traf keine Regel zu (${version}).`,
    countsFor: (rule, version) => `Der Lead zählt für die Regel „${rule}“ (${version})`,
    routedBy: (rule, version) => `Der Lead wurde nach der Regel „${rule}“ zugewiesen (${version})`,
    noMatchingRule: (queue) => `Keine Regel traf zu, daher kam der Lead in die Warteschlange ${queue}.`,
    noEligibleRep: (queue) => `Kein Verkäufer kam infrage, daher kam der Lead in die Warteschlange ${queue}.`,
    nowhere: 'Der Lead hat keinen Zuständigen und ist in keiner Warteschlange.',
    waits: (queue, since, due) => `Der Lead wartet seit ${since} in der Warteschlange ${queue}; bis ${due} muss ihn jemand übernehmen.`,
    waitsTooLong: (queue, since, due) =>
      `Der Lead wartet seit ${since} in der Warteschlange ${queue}; bis ${due} hätte ihn jemand übernehmen sollen.`,
  },
  manager: {
    accountOwner: (rep) => `${rep} ist für den Kunden zuständig und behält den Lead.`,
    onlyRep: (rep) => `Nur ${rep} kam infrage.`,
    contender: (rep, count, weight) => `${rep} ${count}${weight === 1 ? '' : ` bei Gewicht ${weight}`}`,
    turn: (rep, reps, counts) =>
      `${rep} war an der Reihe, von ${reps} infrage kommenden Verkäufern; Leads, die sie zuvor erhielten: ${counts}.`,
    passedOver: (reps, more) => `Nicht berücksichtigt: ${reps}${more === 0 ? '' : `, und ${more} weitere`}.`,
    byHand: {
      manual: (rep) => `Der Lead wurde ${rep} von Hand zugewiesen.`,
      'queue-picked': (rep) => `${rep} hat den Lead aus der Warteschlange übernommen.`,
      import: (rep) => `${rep} war in dem System zuständig, aus dem der Lead importiert wurde.`,
      merge: (rep) => `${rep} war für den Lead zuständig, der sich als dieselbe Person herausstellte.`,
    },
    giveBackReasons: {
      'no-time': 'keine Zeit dafür',
      'other-market': 'gehört zu einem anderen Markt',
      'lacks-a-skill': 'eine nötige Fähigkeit fehlt',
      'lacks-the-language': 'eine nötige Sprache fehlt',
      'knows-the-person': 'kennt die Person zu gut',
      other: 'aus einem anderen Grund',
    },
    note: (text) => `„${text}“`,
    gaveBack: (rep, at, why) => `${rep} hat den Lead am ${at} zurückgegeben${because(why)}.`,
    takenAndGivenBack: (rep, at, why) => `Der Lead wurde ${rep} am ${at} entzogen und zurückgegeben${because(why)}.`,
    taken: {
      'owner-has-left': (rep, at) => `Der Lead wurde ${rep} am ${at} entzogen: ausgeschieden.`,
      'owner-is-absent': (rep, at) => `Der Lead wurde ${rep} am ${at} entzogen: abwesend bis nach der Frist.`,
      'not-answered': (rep, at) => `Der Lead wurde ${rep} am ${at} entzogen: nicht rechtzeitig beantwortet.`,
    },
    earlier: (sentence) => `Vorher: ${sentence}`,
  },
  rep: {
    accountOwner: 'Sie sind für den Kunden zuständig und behalten den Lead.',
    onlyRep: 'Nur Sie kamen infrage.',
    turn: (reps) => `Sie waren an der Reihe: ${reps} Verkäufer kamen infrage, Sie eingeschlossen.`,
    passedOver: (count, reasons) =>
      `${count === 1 ? 'Ein anderer wurde' : `${count} andere wurden`} nicht berücksichtigt${because(reasons)}.`,
    kinds: {
      'team-or-territory': (count) => `${count} wegen Team oder Gebiet`,
      'skills-or-languages': (count) => `${count} wegen fehlender Fähigkeit oder Sprache`,
      other: (count) => `${count} aus anderen Gründen`,
    },
    byHand: {
      manual: 'Der Lead wurde Ihnen von Hand zugewiesen.',
      'queue-picked': 'Sie haben den Lead aus der Warteschlange übernommen.',
      import: 'Sie waren schon in dem System zuständig, aus dem der Lead importiert wurde.',
      merge: 'Sie waren für den Lead zuständig, der sich als dieselbe Person herausstellte.',
    },
    givenBackByOther: (at) => `Der Lead wurde schon einmal zurückgegeben, am ${at}.`,
    gaveBack: (at) => `Sie haben den Lead am ${at} zurückgegeben.`,
    takenAndGivenBack: (at) => `Der Lead wurde Ihnen am ${at} entzogen und zurückgegeben.`,
    wasYours: (until) => `Sie waren bis ${until} zuständig.`,
    wasColleagues: (until) => `Bis ${until} war jemand anderes aus dem Vertrieb zuständig.`,
    isColleagues: 'Jemand anderes aus dem Vertrieb ist zuständig.',
  },
};

/** Why a lead is with its owner or in its queue. */
export const assignmentTexts: InLanguages<AssignmentTexts> = { en: english, de: german };
