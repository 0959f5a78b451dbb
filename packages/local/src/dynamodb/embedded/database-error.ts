/** A refusal that the caller's SDK turns into an exception of that name, with whatever belongs to it. */
export class DatabaseError extends Error {
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;
  constructor(code: string, message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

export const invalid = (message: string): DatabaseError => new DatabaseError('ValidationException', message);

/** What DynamoDB supports and this database does not. The name is not one of DynamoDB's, so that it cannot be mistaken for one of its refusals. */
export const unsupported = (what: string): DatabaseError =>
  new DatabaseError(
    'UnsupportedOperationException',
    `${what} is not supported by the embedded database; set AWS_ENDPOINT_URL_DYNAMODB to the address of a complete one, such as DynamoDB Local`,
  );

export const conditionFailed = 'The conditional request failed';

export const unknownTable = (): DatabaseError =>
  new DatabaseError('ResourceNotFoundException', 'Cannot do operations on a non-existent table');
