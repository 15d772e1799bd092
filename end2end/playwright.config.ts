// Debian's chromium against the release server, on the throw-away PostgreSQL of `scripts/test-postgres`:
// demo data, no robots, the developers' pages served.
import { defineConfig } from '@playwright/test';
import { freePort, ROOT } from './processes';

// This file runs again in every worker; what the first run decided reaches them by the environment.
process.env.E2E_PORT ??= String(await freePort());

const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl || !process.env.E2E_TESTING) {
  throw new Error('DATABASE_URL and E2E_TESTING are not set: run by `make test`, or as scripts/test.sh does');
}

const port = process.env.E2E_PORT;

export default defineConfig({
  testDir: 'tests',
  outputDir: 'results',
  workers: 1,
  forbidOnly: !!process.env.CI,
  timeout: 30_000,
  reporter: [['list'], ['html', { outputFolder: 'report', open: 'never' }]],
  use: {
    // By this name even a program keeps cookies that are for https alone.
    baseURL: `http://localhost:${port}`,
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: process.env.E2E_SERVER ?? 'target/built/server',
    cwd: ROOT,
    env: {
      PORT: port,
      DATABASE_URL: databaseUrl,
      REDIS_URL: '',
      DEMO: '1',
      DEMO_ROBOTS: 'false',
      DEVELOPMENT: '1',
      // Pages offer pushes; no push service is asked. The key of the example in RFC 8291.
      VAPID_PRIVATE_KEY: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
      RUST_LOG: 'info',
    },
    url: `http://127.0.0.1:${port}/readyz`,
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'pipe',
  },
});
