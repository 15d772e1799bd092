// The first page, and what every page comes with.
import { expect, hydrated, test } from './fixtures';

test('the market is served complete, and comes to life', async ({ page }) => {
  const answer = await page.goto('/');
  expect(answer?.status()).toBe(200);
  const html = (await answer?.text()) ?? '';
  expect(html).toContain('라이카 M3 더블스트로크 1955년식 오버홀 완료');
  expect(html).toContain('<html lang="ko"');

  await hydrated(page);
  await expect(page.getByRole('main').getByRole('heading', { level: 3 }).first()).toBeVisible();
});

test('a filter stands in the address, and going back undoes it', async ({ page }) => {
  await page.goto('/');
  await hydrated(page);
  await page.getByRole('searchbox', { name: '검색' }).fill('세탁기');
  await page.getByRole('searchbox', { name: '검색' }).press('Enter');
  await expect(page).toHaveURL(/\?q=/);
  await expect(page.getByRole('heading', { name: '“세탁기” 경매' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('heading', { level: 3 })).toHaveCount(1);
  await page.goBack();
  await expect(page.getByRole('heading', { name: '전국 경매' })).toBeVisible();
});

test('an unknown address is a page with the status 404', async ({ page, complaints }) => {
  for (const address of ['/nowhere', '/auctions/999999999', '/auctions/abc']) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(404);
    await hydrated(page);
    await expect(page.getByRole('heading', { name: '이 주소에는 아무것도 없어요' })).toBeVisible();
    // Chromium reports the page's own status as an error.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('404')]);
  }
  await page.getByRole('link', { name: '지금 열린 경매 보기' }).click();
  await expect(page).toHaveURL('/');
});

test('pages come with their policy, and hashed files are kept for a year', async ({ page, request }) => {
  const answer = await page.goto('/');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{22}' 'wasm-unsafe-eval';/);
  expect(policy).not.toContain("'unsafe-inline'");
  expect(answer?.headers()['referrer-policy']).toBe('same-origin');

  const links = page.locator('link[rel=stylesheet], link[rel=modulepreload], link[rel=preload]');
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(addresses.length).toBeGreaterThanOrEqual(4);
  for (const address of addresses) {
    const file = await request.get(address, { headers: { 'accept-encoding': 'br' } });
    expect(file.status(), address).toBe(200);
    expect(file.headers()['cache-control'], address).toContain('immutable');
    expect(file.headers()['content-encoding'], address).toBe('br');
  }
});
