import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**', '**/cdk.out/**', 'test/conformance/**'];

export default defineConfig({
  test: {
    // Tests run what Node runs: the sources are written so that it strips their types by itself.
    experimental: { viteModuleRunner: false },
    // The machinery logs what tests provoke on purpose; a failing test says enough by itself.
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true', LOCAL_MOST_INSTANCES: '40' },
    globalSetup: ['test/global-setup.ts'],
    // Every core: a test that talks to a cloud mostly waits for it, and no time limit in there counts the clock.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        // Rules and services on memory keep no state in modules, so their files may share them: half of their time was loading.
        test: {
          name: 'services',
          isolate: false,
          include: ['packages/{contracts,forecasting,kernel,runtime,web}/src/**/*.test.ts', 'services/*/src/**/*.test.ts'],
          exclude,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['packages/{demo,local}/src/**/*.test.ts', 'infra/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...exclude, 'test/browser/**'],
        },
      },
      {
        extends: true,
        // The files of a worker share one company, which takes longer to boot than most of them take to run.
        test: { name: 'browser', isolate: false, include: ['test/browser/**/*.test.ts'], exclude },
      },
    ],
  },
});
