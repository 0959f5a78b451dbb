import { conversion } from '../conversion.ts';
import type { Kpi } from '../kpi.ts';
import { leadEntries } from '../stage-entries.ts';

const horizonDays = 30;

export const leadToOpportunity: Kpi = {
  id: 'lead-to-opportunity',
  version: 2,
  title: { de: 'Lead zu Verkaufschance', en: 'Lead to opportunity' },
  unit: 'ratio',
  formula: {
    de: `binnen ${horizonDays} Tagen nach Bekanntwerden als Verkaufschance bekannte Leads ÷ bekannt gewordene Leads derselben Kohorte`,
    en: `leads known as opportunities within ${horizonDays} days of becoming known ÷ leads that became known, of the same cohort`,
  },
  basis: 'LeadCaptured.recordedAt, LeadAssigned.recordedAt, LeadConverted.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: conversion({ horizonDays, isSplit: false, entriesOf: leadEntries('converted') }),
};
