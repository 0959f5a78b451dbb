import type { ComponentType } from 'react';
import type { SectionId } from './sections.ts';

/** A screen: its address, the section in the bar to which it belongs, and its file, which is loaded when somebody goes there. */
export type ScreenEntry = {
  readonly path: `/${string}`;
  readonly section: SectionId;
  readonly load: () => Promise<ComponentType>;
  /** edits documents, so it needs their texts too */
  readonly editsDocuments?: true;
};

export const screens: readonly ScreenEntry[] = [
  { path: '/today', section: 'today', load: async () => (await import('../today/today-screen.tsx')).TodayScreen },
  { path: '/leads', section: 'leads', load: async () => (await import('../leads/leads-screen.tsx')).LeadsScreen },
  { path: '/leads/$leadId', section: 'leads', load: async () => (await import('../lead/lead-screen.tsx')).LeadScreen },
  {
    path: '/opportunities',
    section: 'opportunities',
    load: async () => (await import('../opportunities/opportunities-screen.tsx')).OpportunitiesScreen,
  },
  {
    path: '/opportunities/$opportunityId',
    section: 'opportunities',
    load: async () => (await import('../opportunity/opportunity-screen.tsx')).OpportunityScreen,
  },
  { path: '/accounts', section: 'accounts', load: async () => (await import('../accounts/accounts-screen.tsx')).AccountsScreen },
  {
    path: '/accounts/$accountId',
    section: 'accounts',
    load: async () => (await import('../customer/customer-screen.tsx')).CustomerScreen,
  },
  { path: '/forecast', section: 'forecast', load: async () => (await import('../forecast/forecast-screen.tsx')).ForecastScreen },
  { path: '/team', section: 'team', load: async () => (await import('../team/team-screen.tsx')).TeamScreen },
  { path: '/leaks', section: 'leaks', load: async () => (await import('../leaks/leaks-screen.tsx')).LeaksScreen },
  { path: '/targets', section: 'targets', load: async () => (await import('../targets/targets-screen.tsx')).TargetsScreen },
  { path: '/reports', section: 'reports', load: async () => (await import('../reports/reports-screen.tsx')).ReportsScreen },
  {
    path: '/sources',
    section: 'sources',
    load: async () => (await import('../sources/sources-screen.tsx')).SourcesScreen,
    editsDocuments: true,
  },
  {
    path: '/sources/$sourceId',
    section: 'sources',
    load: async () => (await import('../source/source-screen.tsx')).SourceScreen,
    editsDocuments: true,
  },
  {
    path: '/rules',
    section: 'rules',
    load: async () => (await import('../rules/rules-screen.tsx')).RulesScreen,
    editsDocuments: true,
  },
  { path: '/setup', section: 'setup', load: async () => (await import('../setup/setup-screen.tsx')).SetupScreen, editsDocuments: true },
  {
    path: '/setup/settings',
    section: 'setup',
    load: async () => (await import('../setup/settings-screen.tsx')).SettingsScreen,
    editsDocuments: true,
  },
  {
    path: '/setup/organisation',
    section: 'setup',
    load: async () => (await import('../setup/organisation-screen.tsx')).OrganisationScreen,
    editsDocuments: true,
  },
  {
    path: '/setup/processes/$processId',
    section: 'setup',
    load: async () => (await import('../setup/process-screen.tsx')).ProcessScreen,
    editsDocuments: true,
  },
  {
    path: '/setup/plans/$planId',
    section: 'setup',
    load: async () => (await import('../setup/plan-screen.tsx')).PlanScreen,
    editsDocuments: true,
  },
  {
    path: '/setup/imports',
    section: 'setup',
    load: async () => (await import('../imports/imports-screen.tsx')).ImportsScreen,
    editsDocuments: true,
  },
  { path: '/account', section: 'account', load: async () => (await import('../account/account-screen.tsx')).AccountScreen },
];
