// The demo's auction on which two robots keep bidding, on a server of its own: elsewhere they would disturb.
import { startServer, stopAll } from '../processes';
import { panelOf, priceOf } from './auction-page';
import { expect, hydrated, serves, test } from './fixtures';

test.afterAll(stopAll);

test('on one auction of the demo the price moves by itself', async ({ page }) => {
  test.setTimeout(60_000);
  const address = await startServer({ REDIS_URL: '', DEMO: 'true', DEMO_ROBOTS: 'true' });
  await serves(address);
  const title = '라이카 M3 더블스트로크 1955년식 오버홀 완료';
  await page.goto(`${address}/?q=${encodeURIComponent(title)}`);
  await hydrated(page);
  await page.getByRole('main').getByRole('link', { name: title, exact: true }).click();
  await expect(panelOf(page)).toBeVisible();
  const before = (await priceOf(page).textContent()) ?? '';
  await expect(priceOf(page)).not.toHaveText(before, { timeout: 30_000 });
});
