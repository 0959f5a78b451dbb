import { enableCompileCache } from 'node:module';

// A thread compiles its modules itself. The cache, which has to be on before they are imported, makes that three times cheaper.
enableCompileCache();
await import('./database-worker.ts');
