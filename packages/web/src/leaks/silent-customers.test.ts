import { instant, opportunityId, processId, repId, teamId } from '@meilenstein/kernel';
import { describe, expect, it } from 'vitest';
import { silentCustomers, type Stall } from './silent-customers.ts';

const stall = (id: string, rep: string, team: string): Stall => ({
  opportunityId: opportunityId.parse(id),
  processId: processId.parse('direct'),
  milestoneId: null,
  repId: repId.parse(rep),
  teamId: teamId.parse(team),
  amount: null,
  lastEvidenceAt: instant.parse('2026-10-01T08:00:00.000Z'),
  days: 60,
  usualDays: 30,
});

const stalls = [stall('longest', 'anna', 'north'), stall('second', 'ben', 'south')];
const ids = (filter: { readonly team: string | undefined; readonly owner: string | undefined }) =>
  silentCustomers(stalls, [], filter).map((each) => each.stall.opportunityId);

describe('silentCustomers', () => {
  it('keeps the order of the silences, and those whose name is not known', () => {
    expect(ids({ team: undefined, owner: undefined })).toEqual(['longest', 'second']);
  });

  it('shows those of a team or of a person where the address asks for them', () => {
    expect(ids({ team: 'south', owner: undefined })).toEqual(['second']);
    expect(ids({ team: undefined, owner: 'anna' })).toEqual(['longest']);
    expect(ids({ team: 'south', owner: 'anna' })).toEqual([]);
  });
});
