// Accessibility: every page in both themes, wide and narrow.
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext } from '@playwright/test';
import { expect, hydrated, signIn, test } from './fixtures';
import { auction, person } from './market';

const WIDTHS = [1280, 390];
const THEMES = ['light', 'dark'] as const;

async function sound(context: BrowserContext, paths: string[], complaints: string[]) {
  const page = await context.newPage();
  for (const path of paths) {
    const answer = await page.goto(path);
    if (answer?.status() === 200 && path !== '/dev/components') await hydrated(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) {
        for (const node of nodes) complaints.push(`${path} ${width}: ${id} ${node.target} ${node.failureSummary}`);
      }
    }
  }
  await page.close();
}

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test.setTimeout(120_000);

    test.beforeEach(async ({ context, baseURL }) => {
      await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }]);
    });

    test('pages for everybody have no violations', async ({ context, page, complaints }) => {
      const running = auction({ seller: person().username, buyNow: 90_000, soft: '120/120/1800' });
      await page.goto('/?status=ended');
      const over = page.getByRole('main').getByRole('heading', { level: 3 }).first().getByRole('link');
      const ended = (await over.getAttribute('href')) ?? '';
      const paths = ['/', `/auctions/${running}`, ended, '/sign-in', '/sign-up', '/nowhere', '/dev/components'];
      await sound(context, paths, complaints);
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    });

    test('pages of a person have no violations', async ({ context, page, complaints }) => {
      const minji = { username: 'minji', password: 'neighbor-demo' };
      await signIn(page, minji, '/me');
      const link = page.getByRole('main').getByRole('link').filter({ hasText: /./ });
      await expect(link.first()).toBeVisible();
      const running = auction({ seller: person().username, onHandover: true });
      const own = auction({ seller: 'minji' });
      const paths = ['/', '/sell', '/wallet', '/me', '/me?shelf=won', `/auctions/${running}`, `/auctions/${own}`];
      await sound(context, paths, complaints);
    });
  });
}
