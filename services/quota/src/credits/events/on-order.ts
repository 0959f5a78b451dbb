import { quotaOnOrder } from '@meilenstein/contracts';
import { dayOf } from '@meilenstein/kernel';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { creditId, creditOrder } from '../domain/credit.ts';
import { toCompany } from '../../organisation/store/company-store.ts';
import type { QuotaDeps } from '../../live-quota.ts';

/** Credits a won order to its owner; what was cancelled or corrected changes the credit. */
export const onOrder = ({ stores: { company, credits } }: QuotaDeps, consumer: EventConsumerDeps) =>
  onEvents(
    quotaOnOrder,
    async (event) => {
      const { zone } = toCompany(await company.nodes());
      if (zone === null) throw new Error('settings are missing: the day of an order depends on the company’s zone');
      await credits.change(creditId(event.data.orderId), (credit) => creditOrder(credit, event, (at) => dayOf(at, zone)), {
        origin: event.origin,
      });
    },
    consumer,
  );
