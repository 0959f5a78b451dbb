import { defineConfig } from 'vitest/config';

// What the embedded database and DynamoDB Local have in common. The table suite and the journey boot a cloud on DynamoDB Local here.
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/conformance/**/*.test.ts', 'test/stores/**/*.test.ts', 'test/journey/**/*.test.ts'],
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true', LOCAL_DATABASE: 'dynamodb-local' },
    globalSetup: ['test/global-setup.ts', 'test/conformance/start-oracle.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
