import { hash } from 'node:crypto';
import * as z from 'zod';
import { DatabaseError, invalid } from '../database-error.ts';
import type { Engine } from '../engine.ts';
import { throttled } from '../faults.ts';
import { type ItemWrite, apply, plan, type Planned } from './item-writes.ts';
import { lagKey } from '../storage/index-lag.ts';
import { constraint, operation, type Operation } from './operation.ts';
import { openTokens } from './request-tokens.ts';
import { deleteRequest, putRequest, toDelete, toPut, toUpdate, updateRequest } from './write-requests.ts';

const maxActions = 100;
const largestTransaction = 4 * 1024 * 1024;
const longestToken = 36;

const action = z.strictObject({ Put: putRequest.optional(), Delete: deleteRequest.optional(), Update: updateRequest.optional() });
const transaction = z.strictObject({ TransactItems: z.array(action), ClientRequestToken: z.string().optional() });

export function writeOperations(engine: Engine): Readonly<Record<string, Operation>> {
  const { tables, trouble } = engine;
  const tokens = openTokens(engine.now);

  const alone = (write: ItemWrite): string => {
    if (trouble().isThrottled()) throw throttled();
    if (trouble().conflict(1) !== undefined) throw new DatabaseError('TransactionConflictException', 'Transaction is ongoing for the item');
    apply(engine, [plan(write)]);
    return '{}';
  };

  const toWrite = ({ Put, Delete, Update }: z.infer<typeof action>): ItemWrite => {
    const [write, ...others] = [
      ...(Put === undefined ? [] : [() => toPut(tables, Put)]),
      ...(Delete === undefined ? [] : [() => toDelete(tables, Delete)]),
      ...(Update === undefined ? [] : [() => toUpdate(tables, Update)]),
    ];
    if (write === undefined || others.length > 0) throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
    return write();
  };

  const together = (items: readonly z.infer<typeof action>[]): void => {
    if (items.length < 1 || items.length > maxActions)
      throw constraint(
        `[${items.length} actions]`,
        'transactItems',
        `length ${items.length < 1 ? 'greater' : 'less'} than or equal to ${items.length < 1 ? 1 : maxActions}`,
      );
    const writes = items.map(toWrite);
    const keys = new Set(writes.map(({ table, key }) => `${table.store.definition.name} ${lagKey(key)}`));
    if (keys.size < writes.length) throw invalid('Transaction request cannot include multiple operations on one item');
    const troubled = troubles(engine, writes.length);
    const outcomes = writes.map((write, position) => troubled.get(position) ?? attempt(write));
    const planned = outcomes.filter((outcome) => 'write' in outcome);
    if (planned.length < outcomes.length) throw cancelled(outcomes.map((outcome) => ('write' in outcome ? { Code: 'None' } : outcome)));
    const size = planned.reduce((sum, { after, before }) => sum + Math.max(after?.size ?? 0, before?.size ?? 0), 0);
    if (size > largestTransaction) throw invalid('The aggregate size of the items in the transaction exceeds 4 MB');
    apply(engine, planned);
  };

  return {
    PutItem: operation('PutItem', putRequest, (request) => alone(toPut(tables, request))),
    DeleteItem: operation('DeleteItem', deleteRequest, (request) => alone(toDelete(tables, request))),
    UpdateItem: operation('UpdateItem', updateRequest, (request) => alone(toUpdate(tables, request))),
    TransactWriteItems: operation('TransactWriteItems', transaction, ({ TransactItems, ClientRequestToken: token }) => {
      if (token !== undefined && token.length > longestToken)
        throw constraint(token, 'clientRequestToken', `length less than or equal to ${longestToken}`);
      if (token === undefined) together(TransactItems);
      else tokens.once(token, hash('sha256', JSON.stringify(TransactItems), 'base64'), () => together(TransactItems));
      return '{}';
    }),
  };
}

type Reason = { readonly Code: string; readonly Message?: string };

const reasonCodes: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  ValidationException: 'ValidationError',
};

function attempt(write: ItemWrite): Planned | Reason {
  try {
    return plan(write);
  } catch (error) {
    const code = error instanceof DatabaseError ? reasonCodes[error.code] : undefined;
    if (code === undefined || !(error instanceof DatabaseError)) throw error;
    return { Code: code, Message: error.message };
  }
}

/** What the switched-on faults do to the writes of a transaction, by position. */
function troubles({ trouble }: Engine, count: number): ReadonlyMap<number, Reason> {
  const conflict = trouble().conflict(count);
  if (conflict !== undefined) return new Map([[conflict, { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }]]);
  return trouble().isThrottled() ? new Map([[0, { Code: 'ThrottlingError', Message: throttled().message }]]) : new Map();
}

function cancelled(reasons: readonly Reason[]): DatabaseError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new DatabaseError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}
