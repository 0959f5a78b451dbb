export { bootCloud, type BootOptions } from './boot-cloud.ts';
export type { Cloud } from './cloud.ts';
