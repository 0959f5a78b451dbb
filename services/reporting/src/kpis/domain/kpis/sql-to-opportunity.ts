import { conversion } from '../conversion.ts';
import type { Kpi } from '../kpi.ts';
import { stageEntries } from '../stage-entries.ts';

const horizonDays = 30;

export const sqlToOpportunity: Kpi = {
  id: 'sql-to-opportunity',
  version: 1,
  title: { de: 'SQL zu Verkaufschance', en: 'SQL to opportunity' },
  unit: 'ratio',
  formula: {
    de: `binnen ${horizonDays} Tagen nach Erreichen von SQL als Verkaufschance bekannte Leads ÷ als SQL bekannt gewordene Leads derselben Kohorte`,
    en: `leads known as opportunities within ${horizonDays} days of being known as SQL ÷ leads that became known as SQL, of the same cohort`,
  },
  basis: 'LeadQualified.recordedAt, LeadAssigned.recordedAt, LeadConverted.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: conversion({ horizonDays, isSplit: true, entriesOf: stageEntries('sql', 'converted') }),
};
