// What staff see of the whole market: the ledger audit and the business charts, with and without scripts.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, forgive, hydrated, test } from './fixtures';
import { audit, person, staff } from './market';

const PAGES = [
  { path: '/admin/ledger', heading: '원장 감사' },
  { path: '/admin/charts', heading: '현황' },
];

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => {
    return nodes.map((node) => `${id} ${node.target} ${node.failureSummary}`);
  });
}

test('staff see every rule of the books with its figures', async ({ visit }) => {
  const { page } = await visit(staff(person(0, 'operator')), '/admin/ledger');
  await expect(page.getByRole('heading', { level: 1, name: '원장 감사' })).toBeVisible();
  const rows = page.getByRole('table', { name: '원장 감사' }).getByRole('row');
  await expect(rows).toHaveCount(10);
  for (const row of (await rows.all()).slice(1)) await expect(row).toContainText('맞아요');
  await expect(page.getByText('모든 규칙이 맞아요')).toBeVisible();
  await expect(page.getByRole('region', { name: '장부 경보' })).toHaveCount(0);
  audit();
});

test('staff see how the business goes, as pictures and as tables', async ({ visit }) => {
  const { page } = await visit(staff(person(0, 'operator')), '/admin/charts');
  await expect(page.getByRole('heading', { level: 1, name: '현황' })).toBeVisible();
  for (const name of ['하루 입찰', '거래액', '낙찰률']) {
    const chart = page.getByRole('region', { name, exact: true });
    await expect(chart.getByRole('img')).toHaveAttribute('aria-label', new RegExp(`^${name}: 30일 `));
    await chart.getByText('표로 보기').click();
    await expect(chart.getByRole('table').getByRole('row')).toHaveCount(31);
  }
  const funnel = page.getByRole('table', { name: '경매의 흐름' });
  await expect(funnel.getByRole('row').filter({ hasText: '열린 경매' })).toContainText('%');
});

for (const theme of ['light', 'dark'] as const) {
  test(`both pages have no violations, wide and narrow (${theme})`, async ({ visit, baseURL }) => {
    const { page, context } = await visit(staff(person(0, 'operator')), '/admin/ledger');
    await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }]);
    for (const { path } of PAGES) {
      await page.goto(path);
      await hydrated(page);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await violations(page), `${path} ${width}`).toEqual([]);
      }
    }
  });
}

test('who is not of the staff finds no such pages', async ({ visit, complaints }) => {
  const { page } = await visit(person(0, 'nosy'), '/');
  for (const { path, heading } of PAGES) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toHaveCount(0);
  }
  forgive(complaints, 404, PAGES.length);
  for (const reader of ['staff_ledger', 'staff_charts']) {
    expect((await page.request.get(`/api/${reader}`)).status(), reader).toBe(403);
  }
});
