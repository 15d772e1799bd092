// What README promises: the server starts with nothing but a port and a folder.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, freePort, startServerAt, stopAll } from '../processes';
import { expect, serves, test } from './fixtures';

test.afterAll(stopAll);

test('s8 the quick start starts: a port, a folder, and the market is open', async ({ page }) => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'neighborbid-quick-'));
  const port = await freePort();
  const server = startServerAt(port, { DATA_DIR: folder, DATABASE_URL: '', REDIS_URL: '', DEMO: undefined });
  const base = `http://localhost:${port}`;
  await serves(base, 90_000);
  await page.goto(base);
  await expect(page.getByRole('main').getByRole('listitem').first(), 'the demo').toBeVisible();
  // An open page would tell that its server went.
  await page.close();
  await end(server);
  // Root's own PostgreSQL may lie where its user can reach it.
  rmSync(realpathSync(join(folder, 'postgres')), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});
