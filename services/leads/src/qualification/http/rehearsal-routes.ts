import type { Caller, HandlersOf, leadsApi, QualificationExplanation, Role, ScoreExplanation } from '@meilenstein/contracts';
import type { Language, LeadId } from '@meilenstein/kernel';
import { needsTouchpoints } from '../domain/needs-touchpoints.ts';
import { decisionTimes, type DecisionTime } from '../../scoring/domain/decision-times.ts';
import { qualificationNow } from '../domain/explain-qualification.ts';
import { scoreLines } from '../../scoring/domain/explain-score.ts';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { readDraft, rulesOf, type Scoring } from '../../scoring/domain/points.ts';
import { differs, rehearseQualification } from '../domain/rehearse-qualification.ts';
import { checkConfidential } from '../domain/confidential-tests.ts';
import { checkCriteria, predicatesOf } from '../domain/qualification.ts';
import { pointsPredicates } from '../../scoring/http/points-routes.ts';
import { titleOf } from '../../lead/domain/lead-title.ts';
import { gradeOf, scoreLead } from '../../scoring/domain/score-lead.ts';
import { previewSegment } from '../domain/segments.ts';
import { checkSegments } from '../domain/segment-versions.ts';
import { leadsWithFacts } from '../../identity/http/leads-with-facts.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { pastOf, recentLeads } from '../../lead/http/recent-leads.ts';
import { zoneOf } from '../../lead/http/visible-lead.ts';
import type { Locale } from '../../lead/domain/time-in-words.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'POST /points/rehearsal' | 'POST /qualification/rehearsal' | 'POST /segments/preview'>;

const readsPersons: readonly Role[] = ['rep', 'manager', 'operations', 'admin'];

/** Marketing may not read personal data; it is shown the rules without the values that were seen. */
const mayRead = (caller: Caller): boolean => caller.roles.some((role) => readsPersons.includes(role));

type Line = ScoreExplanation['rules'][number];
const withoutSeenLine = (line: Line): Line => ({ ...line, seen: line.kind === 'fit' ? null : line.seen });

type Now = QualificationExplanation['now'];
const hidden = (verdict: Now['mql']): Now['mql'] => ({ ...verdict, reasons: verdict.reasons.map((one) => ({ ...one, seen: null })) });
const withoutSeen = (now: Now): Now => ({
  ...now,
  mql: hidden(now.mql),
  intent: now.intent === null ? null : hidden(now.intent),
  fit: now.fit === null ? null : hidden(now.fit),
});

/** A page reads the history of each lead, so it is shorter than other pages. */
const atOnce = 20;

const maxPreviewed = 1000;

export const rehearsalRoutes = (deps: LeadsDeps): Routes => {
  const { points } = deps.stores;

  const decisionTimesOf = async (leads: readonly CapturedLead[]): Promise<readonly (readonly DecisionTime[])[]> => {
    const { survivorship } = await deps.stores.rulesInForce();
    const all: (readonly DecisionTime[])[] = [];
    for (let from = 0; from < leads.length; from += atOnce) {
      const pasts = await Promise.all(leads.slice(from, from + atOnce).map((lead) => pastOf(deps, lead)));
      all.push(...pasts.map((past) => decisionTimes(past, survivorship)));
    }
    return all;
  };

  const localeOf = async (language: Language): Promise<Locale> => ({
    language,
    zone: zoneOf({ company: await deps.stores.company.read() }),
  });

  /** Names of leads are for those who may read them. */
  const titles = async (leads: readonly CapturedLead[], show: boolean): Promise<(leadId: LeadId) => string | null> => {
    if (!show) return () => null;
    const { rules } = await deps.stores.survivorship.current();
    const known = new Map(leads.map((lead) => [lead.leadId, titleOf(lead, rules)]));
    return (leadId) => known.get(leadId) ?? null;
  };

  type Against = { readonly versions: Awaited<ReturnType<typeof points.versions>>; readonly locale: Locale };
  const scoreDifference = (last: DecisionTime, scoring: Scoring, { versions, locale }: Against) => {
    const { lead, facts, touches, at: now } = last;
    const after = scoreLead(scoring.rules, facts, touches, now);
    const grades = versions.get(lead.score?.pointsVersion ?? 0)?.grades;
    const { score, pointsVersion } = lead.score ?? {};
    const before =
      score === undefined || pointsVersion === undefined || grades === undefined
        ? null
        : { score, pointsVersion, grade: gradeOf(score, grades) };
    if (before?.score === after.score && before.grade === after.grade) return [];
    const explanation = scoreLines(scoring, after, { facts, touches, now, locale });
    return [{ leadId: lead.leadId, decidedAt: now, before, after: { score: after.score, grade: after.grade }, explanation }];
  };

  return {
    'POST /points/rehearsal': async ({ body, query, caller, language }) => {
      const read = readDraft(body);
      if ('refused' in read) return read;
      const show = mayRead(caller);
      const rules = rulesOf(read.table);
      const current = await points.current();
      const confidential = show ? undefined : checkConfidential(pointsPredicates(rules), pointsPredicates(rulesOf(current)));
      if (confidential !== undefined) return { refused: confidential };
      const { leads, next, from } = await recentLeads(deps, caller, query);
      const titled = await titles(leads, show);
      const lasts = (await decisionTimesOf(leads)).flatMap((moments) => moments.at(-1) ?? []);
      const versions = await points.versions(lasts.flatMap(({ lead }) => (lead.score === null ? [] : [lead.score.pointsVersion])));
      const scoring = { version: 0, rules };
      const against = { versions, locale: await localeOf(language) };
      const items = lasts
        .flatMap((last) => scoreDifference(last, scoring, against))
        .map((one) => ({
          ...one,
          title: titled(one.leadId),
          explanation: one.explanation.map((line) => (show ? line : withoutSeenLine(line))),
        }));
      return { status: 200, body: { version: current.version, from, examined: leads.length, items, next } };
    },
    'POST /qualification/rehearsal': async ({ body, query, caller, language }) => {
      const wrong = checkCriteria(body);
      if (wrong !== undefined) return { refused: wrong };
      const show = mayRead(caller);
      const { version, criteria } = await deps.stores.qualification.current();
      const confidential = show ? undefined : checkConfidential(predicatesOf(body), criteria === null ? [] : predicatesOf(criteria));
      if (confidential !== undefined) return { refused: confidential };
      const { leads, next, from } = await recentLeads(deps, caller, query);
      const titled = await titles(leads, show);
      const [moments, locale] = await Promise.all([decisionTimesOf(leads), localeOf(language)]);
      const items = leads.flatMap((lead, index) => {
        const rehearsed = rehearseQualification(moments[index] ?? [], { version: version + 1, criteria: body });
        if (rehearsed === undefined || !differs(rehearsed)) return [];
        const { before, after, decisive } = rehearsed;
        const explanation = qualificationNow(decisive, locale);
        return [
          { leadId: lead.leadId, title: titled(lead.leadId), before, after, explanation: show ? explanation : withoutSeen(explanation) },
        ];
      });
      return { status: 200, body: { version, from, examined: leads.length, items, next } };
    },
    'POST /segments/preview': async ({ body, caller }) => {
      const wrong =
        checkSegments([body.segment]) ??
        (mayRead(caller) ? undefined : checkConfidential([{ path: 'segment.when', when: body.segment.when }]));
      if (wrong !== undefined) return { refused: wrong };
      const rulesInForce = await deps.stores.rulesInForce();
      const others = rulesInForce.segments.segments;
      const { leads, next, from } = await recentLeads(deps, caller, { days: body.days, limit: maxPreviewed });
      const withTouches = needsTouchpoints([], [body.segment, ...others]);
      const known = await leadsWithFacts(deps.stores, leads, { rulesInForce, withTouches });
      const preview = previewSegment(
        body.segment,
        others,
        known.map(({ lead, facts }) => ({ leadId: lead.leadId, facts })),
        deps.clock.now(),
      );
      const { examples, overlaps } = preview;
      return { status: 200, body: { ...preview, examples: [...examples], overlaps: [...overlaps], from, complete: next === null } };
    },
  };
};
