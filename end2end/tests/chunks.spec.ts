// Each page's part of the WASM: it comes with the page, and a page whose part does not come is the server's.
import { expect, hydrated, test } from './fixtures';

const of = (chunk: string) => new RegExp(`/pkg/split_${chunk}\\.`);

test('a visit brings the page’s own part, named in its head; the others come later', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const asks = (chunk: string) => asked.filter((path) => of(chunk).test(path)).length;
  await page.goto('/');
  await hydrated(page);
  const links = page.locator('head link[rel="preload"][as="fetch"], head link[rel="modulepreload"]');
  const named = await links.evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
  const ahead = named.map((address) => new URL(address).pathname);
  expect(ahead.filter((path) => of('home').test(path))).toHaveLength(1);
  // What is loaded ahead is what the module takes: nothing is fetched a second time.
  expect(ahead.map((path) => asked.filter((other) => other === path).length)).toEqual(ahead.map(() => 1));
  expect([asks('home'), asks('auction'), asks('member'), asks('staff')]).toEqual([1, 0, 0, 0]);

  await page.getByRole('banner').getByRole('link', { name: '로그인' }).click();
  await expect(page.getByLabel('아이디')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: '전국 경매' })).toBeVisible();
  // Once each: nothing was written by the server again, and what has come stays.
  expect([asks('home'), asks('auction'), asks('member'), asks('staff')]).toEqual([1, 0, 1, 0]);
});

test('a part that does not come is asked for once more', async ({ page, complaints }) => {
  await page.goto('/');
  await hydrated(page);
  await page.route(of('member'), (route) => route.fulfill({ status: 503 }), { times: 1 });
  const written: string[] = [];
  page.on('request', (request) => request.isNavigationRequest() && written.push(request.url()));
  await page.getByRole('banner').getByRole('link', { name: '로그인' }).click();
  await expect(page.getByLabel('아이디')).toBeVisible();
  expect(written).toEqual([]);
  expect(complaints.splice(0)).toContainEqual(expect.stringContaining('503'));
});

test('a page whose part does not come at all is asked of the server', async ({ page, complaints }) => {
  await page.goto('/');
  await hydrated(page);
  await page.route(of('member'), (route) => route.fulfill({ status: 503 }));
  const written = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/sign-in');
  await page.getByRole('banner').getByRole('link', { name: '로그인' }).click();
  expect((await written).status()).toBe(200);
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByLabel('아이디')).toBeVisible();
  expect(complaints.splice(0)).toContainEqual(expect.stringContaining('503'));
});

test('a first visit without its part works as it was written', async ({ page, complaints }) => {
  await page.route(of('home'), (route) => route.fulfill({ status: 503 }));
  const failed = page.waitForEvent('console', (message) => message.text().includes('WebAssembly'));
  await page.goto('/');
  await failed;
  await expect(page.locator('html[data-hydrated]')).toHaveCount(0);
  await page.getByRole('searchbox', { name: '검색' }).fill('세탁기');
  await page.getByRole('searchbox', { name: '검색' }).press('Enter');
  await expect(page.getByRole('heading', { name: '“세탁기” 경매' })).toBeVisible();
  expect(complaints.splice(0)).toContainEqual(expect.stringContaining('503'));
});
