import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Database } from '../open-database.ts';

/** Speaks DynamoDB's JSON protocol for a database. Signatures are not checked: whoever is on this machine may ask. */
export const createDatabaseServer = (database: Pick<Database, 'answer'>): Server =>
  createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => respond(database, { request, response, body: Buffer.concat(parts).toString('utf8') }));
  });

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly body: string };

function respond(database: Pick<Database, 'answer'>, { request, response, body }: Exchange): void {
  const { status, text } = database.answer(String(request.headers['x-amz-target']), body);
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
