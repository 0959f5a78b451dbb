import type { Renames } from './renames.ts';

export const quotaRenames: Renames = {
  codes: {
    'plan-is-unknown': 'plan-not-found',
    'calendar-is-in-force': 'calendar-in-force',
    'currency-cannot-change': 'reporting-currency-immutable',
    'currency-is-not-the-reporting-currency': 'currency-not-reporting-currency',
    'effective-from-is-after-the-year': 'effective-date-after-year',
    'is-there-twice': 'duplicate-entry',
    'manager-is-unknown': 'manager-not-found',
    'member-is-there-before-the-team': 'membership-before-team',
    'memberships-are-not-in-order': 'memberships-out-of-order',
    'organisation-is-empty': 'organisation-empty',
    'past-membership-cannot-change': 'past-membership-immutable',
    'period-is-unknown': 'period-not-found',
    'rate-is-out-of-bounds': 'rate-out-of-range',
    'rate-of-the-reporting-currency': 'rate-of-reporting-currency',
    'settings-are-not-made-yet': 'settings-not-found',
    'target-is-in-another-plan': 'target-in-another-plan',
    'weights-are-all-zero': 'weights-all-zero',
  },
  events: {},
  paths: {},
  fields: {
    'creditSum.sk month#…': 'creditSum.sk day#…',
    'rep.status known': 'rep.status joined',
    'team.status known': 'team.status active',
    'documentGuard.open.wants': 'documentGuard.open.documentHash',
  },
};
