import { createServer, type Server } from 'node:http';
import { customResourcesPath, type CustomResources } from '../custom-resources/custom-resources.ts';
import type { Functions } from '../functions/functions.ts';
import { runtimePath } from '../functions/process-runtime.ts';
import { issuerPath, type LocalIssuer } from '../issuer/local-issuer.ts';
import { answerInvoke } from './invoke-endpoint.ts';
import { answerJsonService, type Operation } from './json-service.ts';
import { answerMail, mailPath } from './mail-service.ts';

/** What answers behind the one address of EventBridge, SQS, SSM, SES, Lambda, the Runtime API, the issuer and the answers of custom resources. */
export type Services = {
  readonly functions: Functions;
  readonly issuer: LocalIssuer;
  readonly customResources: CustomResources;
  readonly operations: Readonly<Record<string, Operation>>;
  /** where mails are laid down instead of being sent */
  readonly mailFolder: string;
};

/** @param services asked for at each request, because addresses are known before there is anything behind them */
export function createServiceServer(services: () => Services | undefined): Server {
  return createServer((request, response) => {
    const behind = services();
    if (behind === undefined) return void response.writeHead(503).end();
    const { functions, issuer, customResources, operations, mailFolder } = behind;
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const answer = async (): Promise<void> => {
      if (path.startsWith(`${runtimePath}/`)) return functions.answerRuntimeApi(request, response);
      if (path.startsWith(`${issuerPath}/`)) return issuer.answer(path, request, response);
      if (path.startsWith(`${customResourcesPath}/`)) return customResources.answer(path, request, response);
      if (path.startsWith('/2015-03-31/functions/')) return answerInvoke(request, response, functions);
      if (path === mailPath) return answerMail(request, response, mailFolder);
      return answerJsonService(request, response, operations);
    };
    answer().catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
}
