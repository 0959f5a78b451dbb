/** What to run and with what. */
export type FunctionDefinition = {
  readonly name: string;
  readonly taskRoot: string;
  readonly handler: string;
  readonly timeoutMillis: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
};

/** The environment that a function finds, as Lambda sets it. */
export const environmentOf = (definition: FunctionDefinition): Readonly<Record<string, string>> => ({
  ...definition.environment,
  PATH: process.env['PATH'] ?? '',
  TZ: 'UTC',
  AWS_LAMBDA_FUNCTION_NAME: definition.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  LAMBDA_TASK_ROOT: definition.taskRoot,
  _HANDLER: definition.handler,
});
