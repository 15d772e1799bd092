// What people write stays text (defect S10), in every place where it is shown.
import { expect, hydrated, signIn, test } from './fixtures';
import { person } from './market';

const TITLE = '</title></textarea><script>window.stolen = 1</script><b>"\'&lt;';
const DESCRIPTION = `</textarea><script>window.stolen = 2</script>
</script><img src=x onerror="window.stolen = 3">`;

const draft = {
  title: TITLE,
  description: DESCRIPTION,
  category: '디지털',
  condition: 'A',
  shipping: 'seller',
  reach: 'national',
  start_price: '10000',
  increment: '1000',
  soft_close: 'usual',
  settlement: 'on_close',
};

test('s10 a title and a description are never markup', async ({ page, playwright, baseURL }) => {
  const seller = person();
  const market = await playwright.request.newContext({ baseURL });
  await market.post('/api/sign_in', { form: { ...seller } });
  const inTwoDays = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 16);
  const form = { ...draft, ends_at: inTwoDays, key: `escape-${process.pid}` };
  const opened = await market.post('/api/open_auction', { form });
  expect(opened.status(), await opened.text()).toBe(200);
  const id = await opened.json();
  await market.dispose();

  await page.goto(`/auctions/${id}`);
  await hydrated(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(TITLE);
  await expect(page.getByText('window.stolen = 2')).toHaveText(DESCRIPTION);
  await expect(page).toHaveTitle(new RegExp('</title></textarea><script>'));

  await signIn(page, seller, '/me?shelf=selling');
  await expect(page.getByRole('main').getByText('window.stolen = 1').first()).toBeVisible();
  await page.goto('/?sort=new');
  await hydrated(page);
  await expect(page.getByRole('main').getByText('window.stolen = 1').first()).toBeVisible();
  expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
  await expect(page.locator('img[src=x]')).toHaveCount(0);
});

for (const javaScriptEnabled of [false, true]) {
  test.describe(javaScriptEnabled ? 'where scripts come late' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('s10 a refused form shows as text what was typed', async ({ page }) => {
      await signIn(page, person(), '/sell');
      if (javaScriptEnabled) await hydrated(page);
      await page.getByLabel('제목').fill(TITLE);
      await page.getByLabel('설명').fill(DESCRIPTION);
      await page.getByLabel('분류').selectOption({ index: 1 });
      await page.getByRole('radio', { name: 'A급' }).check();
      await page.getByLabel('시작가').fill('abc');
      // Sent by the browser itself, past every handler.
      const form = page.locator('form[action="/api/open_auction"]');
      const answered = page.waitForResponse((answer) => answer.url().endsWith('/sell'));
      await form.evaluate((form: HTMLFormElement) => form.submit());
      await answered;
      if (javaScriptEnabled) await hydrated(page);
      await expect(page.getByRole('alert')).toContainText('입력한 내용을 확인해 주세요.');
      await expect(page.getByLabel('제목')).toHaveValue(TITLE);
      await expect(page.getByLabel('설명')).toHaveValue(DESCRIPTION);
      await expect(page.locator('img[src=x]')).toHaveCount(0);
      expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
    });
  });
}
