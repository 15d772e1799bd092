import { expect, hydrated, test } from './fixtures';

test('the home page is served complete, and comes to life', async ({ page }) => {
  const answer = await page.goto('/');
  expect(answer?.status()).toBe(200);
  expect(await answer?.text()).toContain('이웃입찰');

  await hydrated(page);
  await page.getByRole('button', { name: 'Count' }).click();
  await expect(page.getByRole('button')).toHaveText('Count: 1');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the home page reads the same', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('이웃입찰');
  });
});

test('an unknown address is a page with the status 404', async ({ page, complaints }) => {
  const answer = await page.goto('/nowhere');
  expect(answer?.status()).toBe(404);
  await hydrated(page);
  await expect(page.getByRole('link')).toHaveAttribute('href', '/');
  // Chromium reports the page's own status as an error.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('404')]);
});

test('pages come with their policy, and hashed files are kept for a year', async ({ page, request }) => {
  const answer = await page.goto('/');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{22}' 'wasm-unsafe-eval';/);
  expect(policy).not.toContain("'unsafe-inline'");
  expect(answer?.headers()['referrer-policy']).toBe('same-origin');

  const links = page.locator('link[rel=stylesheet], link[rel=modulepreload], link[rel=preload]');
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(addresses).toHaveLength(4);
  for (const address of addresses) {
    const file = await request.get(address, { headers: { 'accept-encoding': 'br' } });
    expect(file.status(), address).toBe(200);
    expect(file.headers()['cache-control'], address).toContain('immutable');
    expect(file.headers()['content-encoding'], address).toBe('br');
  }
});

test('a form sent from another site is refused', async ({ request }) => {
  const answer = await request.post('/api/anything', { headers: { origin: 'https://elsewhere.example' } });
  expect(answer.status()).toBe(403);
});
