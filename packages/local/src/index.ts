export { bootCloud, type BootOptions } from './boot-cloud.ts';
export { isPortInUse } from './endpoint/is-port-in-use.ts';
export { type Database, type DatabaseKind, type DatabaseOptions, startDatabase } from './dynamodb/start-database.ts';
export type { Cloud } from './cloud.ts';
export type { Persona } from './issuer/persona.ts';
export type { Movement } from './quiet.ts';
export { whileMoving } from './while-moving.ts';
