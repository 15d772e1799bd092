// Accessibility: every page in both themes, wide and narrow.
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext } from '@playwright/test';
import { expect, hydrated, signIn, test } from './fixtures';
import { auction, person, staff } from './market';

const WIDTHS = [1280, 390];
const THEMES = ['light', 'dark'] as const;

// What is wrong with the pages, one line each.
async function violations(context: BrowserContext, paths: string[]): Promise<string[]> {
  const found: string[] = [];
  const page = await context.newPage();
  for (const path of paths) {
    await page.goto(path);
    await hydrated(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) {
        found.push(...nodes.map((node) => `${path} ${width}: ${id} ${node.target} ${node.failureSummary}`));
      }
    }
  }
  await page.close();
  return found;
}

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test.setTimeout(120_000);

    test.beforeEach(async ({ context, baseURL }) => {
      await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }]);
    });

    test('pages for everybody have no violations', async ({ context, page }) => {
      const running = auction({ seller: person().username, buyNow: 90_000, soft: '120/120/1800' });
      await page.goto('/?status=ended');
      const over = page.getByRole('main').getByRole('heading', { level: 3 }).first().getByRole('link');
      const ended = (await over.getAttribute('href')) ?? '';
      const auctions = [`/auctions/${running}`, ended];
      const paths = ['/', ...auctions, '/sign-in', '/sign-up', '/nowhere', '/dev/components'];
      expect(await violations(context, paths)).toEqual([]);
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    });

    test('pages of a person have no violations', async ({ context, page }) => {
      await signIn(page, { username: 'minji', password: 'neighbor-demo' }, '/me');
      const running = auction({ seller: person().username, onHandover: true });
      const own = auction({ seller: 'minji' });
      const auctions = [`/auctions/${running}`, `/auctions/${own}`];
      const paths = ['/', '/sell', '/wallet', '/me', '/me?shelf=won', ...auctions];
      expect(await violations(context, paths)).toEqual([]);
    });

    test('pages of staff have no violations', async ({ context, page }) => {
      await signIn(page, staff(person(0, 'operator')), '/admin/users');
      const running = auction({ seller: 'minji' });
      const somebody = await page.locator('main a[href^="/admin/users/"]').first().getAttribute('href');
      const lists = ['users', 'auctions', 'reports', 'questions', 'categories', 'log', 'disputes'];
      const figures = ['ledger', 'charts'];
      const paths = ['/admin', somebody ?? '', `/admin/auctions/${running}`];
      const rest = [...lists, ...figures].map((list) => `/admin/${list}`);
      expect(await violations(context, [...paths, ...rest])).toEqual([]);
    });
  });
}
