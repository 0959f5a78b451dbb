import { conversion } from '../conversion.ts';
import type { Kpi } from '../kpi.ts';
import { leadEntries } from '../stage-entries.ts';

const horizonDays = 30;

export const leadToMql: Kpi = {
  id: 'lead-to-mql',
  version: 1,
  title: { de: 'Lead zu MQL', en: 'Lead to MQL' },
  unit: 'ratio',
  formula: {
    de: `binnen ${horizonDays} Tagen nach Bekanntwerden als MQL bekannte Leads ÷ bekannt gewordene Leads derselben Kohorte`,
    en: `leads known as MQL within ${horizonDays} days of becoming known ÷ leads that became known, of the same cohort`,
  },
  basis: 'LeadCaptured.recordedAt, LeadAssigned.recordedAt, LeadQualified.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: conversion({ horizonDays, isSplit: true, entriesOf: leadEntries('mql') }),
};
