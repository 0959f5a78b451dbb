import type { accounts as german } from '../de/accounts.ts';

export const accounts: typeof german = {
  title: 'Accounts',
  total: '{count, plural, one {1 account} other {# accounts}}',
  private: 'Private customer',
  columns: {
    name: 'Account',
    industry: 'Industry',
    country: 'Country',
    channel: 'Channel',
    owner: 'Owner',
    open: 'Open opportunities',
    sum: 'Open amount',
  },
  channels: {
    direct: 'Direct',
    reseller: 'Reseller',
    distributor: 'Distributor',
    affiliate: 'Affiliate',
    marketplace: 'Marketplace',
  },
  filters: {
    owner: 'Owner',
    anybody: 'Everybody',
    channel: 'Channel',
    anyChannel: 'All channels',
    sort: 'Order',
    sorts: { open: 'Largest open amount first', name: 'By name', newest: 'Newest first' },
  },
  empty: {
    title: 'No accounts yet',
    text: 'An account opens by itself with its first opportunity, or when you add a company.',
  },
  emptyFiltered: 'No account matches this filter',
  tooLong: 'This list is too long. Search for the name of the account.',
  open: { action: 'New account', name: 'Name of the company', save: 'Add' },
};
