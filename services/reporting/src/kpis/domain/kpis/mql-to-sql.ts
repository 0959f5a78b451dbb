import { conversion } from '../conversion.ts';
import type { Kpi } from '../kpi.ts';
import { stageEntries } from '../stage-entries.ts';

const horizonDays = 30;

export const mqlToSql: Kpi = {
  id: 'mql-to-sql',
  version: 1,
  title: { de: 'MQL zu SQL', en: 'MQL to SQL' },
  unit: 'ratio',
  formula: {
    de: `binnen ${horizonDays} Tagen nach der ersten Stufe als SQL bekannte Leads ÷ als MQL bekannt gewordene Leads derselben Kohorte`,
    en: `leads known as SQL within ${horizonDays} days of the first stage ÷ leads that became known as MQL, of the same cohort`,
  },
  basis: 'LeadQualified.recordedAt, LeadAssigned.recordedAt',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: conversion({ horizonDays, isSplit: true, entriesOf: stageEntries('mql', 'sql') }),
};
