import {
  envelopeReader,
  companyEvents,
  repJoined,
  repLeft,
  settingsChanged,
  teamChanged,
  teamDissolved,
  type CompanyEnvelope,
  type Fact,
} from '@meilenstein/contracts';
import { currency, day, repId, teamId, timeZone, toInstant } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { companyAt } from './company-at-cut-off.ts';

const from = day.parse('2026-01-01');
const cutOff = toInstant('2026-03-08T23:00:00Z');
const early = '2026-01-02T00:00:00.000Z';
const late = '2026-03-10T00:00:00.000Z';

const eventOf = (subject: string, sequence: number, at: string, fact: Fact): CompanyEnvelope =>
  envelopeReader(companyEvents)({
    ...fact,
    id: `${subject}-${sequence}`,
    subject,
    sequence,
    occurredAt: at,
    recordedAt: at,
    storedAt: at,
    origin: 'live',
    correlationId: 'c',
    causedBy: null,
  });
const team = (id: string, sequence: number, at: string, name = id) =>
  eventOf(id, sequence, at, teamChanged.of({ teamId: teamId.parse(id), name, parentTeamId: null, managers: [], effectiveFrom: from }));
const rep = (id: string, at: string) =>
  eventOf(
    id,
    1,
    at,
    repJoined.of({
      repId: repId.parse(id),
      repCode: id,
      role: 'rep',
      teamId: teamId.parse('north'),
      loginSubject: id,
      effectiveFrom: from,
    }),
  );
const settings = (at: string) =>
  eventOf('settings', 1, at, settingsChanged.of({ zone: timeZone.parse('Europe/Berlin'), reportingCurrency: currency.parse('EUR') }));

const listed = (events: readonly CompanyEnvelope[]) => {
  const { teams, reps } = companyAt(events, cutOff).listed;
  return [...teams.map((one) => one.teamId), ...reps.map((one) => one.repId)];
};
const names = (events: readonly CompanyEnvelope[]) => companyAt(events, cutOff).company.teams.map((one) => one.name);

describe('companyAt a cut-off', () => {
  it('keeps the old name of a team, and a team that is dissolved later', () => {
    const dissolved = eventOf(
      'north',
      3,
      late,
      teamDissolved.of({ teamId: teamId.parse('north'), effectiveFrom: day.parse('2026-03-10') }),
    );
    const events = [team('north', 1, early, 'North'), team('north', 2, late, 'Arctic'), dissolved, rep('ann', early)];
    expect(names(events)).toEqual(['North']);
    expect(listed(events)).toEqual(['north', 'ann']);
  });

  it('keeps a rep and a team with the same id apart', () => {
    const events = [team('north', 1, early, 'North'), rep('north', late), team('north', 2, late, 'Arctic')];
    expect(listed(events)).toEqual(['north']);
    expect(companyAt(events, cutOff).company.reps.map((one) => one.repId)).toEqual(['north']);
    expect(names(events)).toEqual(['North']);
  });

  it('does not list a team that became known later, but still knows its first name', () => {
    const events = [team('north', 1, early), team('south', 1, late, 'South'), team('south', 2, '2026-03-11T00:00:00.000Z', 'Deep south')];
    expect(listed(events)).toEqual(['north']);
    expect(names(events)).toEqual(['north', 'South']);
  });

  it('does not list a team that was dissolved before it, but still knows its name', () => {
    const dissolved = eventOf(
      'north',
      2,
      '2026-03-01T00:00:00.000Z',
      teamDissolved.of({ teamId: teamId.parse('north'), effectiveFrom: from }),
    );
    expect(listed([team('north', 1, early), dissolved, rep('ann', early)])).toEqual(['ann']);
    expect(names([team('north', 1, early), dissolved])).toEqual(['north']);
  });

  it('uses the first events where the whole company was set up later', () => {
    const left = eventOf(
      'ann',
      2,
      '2026-03-12T00:00:00.000Z',
      repLeft.of({ repId: repId.parse('ann'), effectiveFrom: day.parse('2026-03-12') }),
    );
    const events = [settings(late), team('north', 1, late), rep('ann', late), left];
    expect(listed(events)).toEqual(['north', 'ann']);
    expect(companyAt(events, cutOff).company).toMatchObject({ zone: 'Europe/Berlin', reps: [{ memberships: [{ until: null }] }] });
  });
});
