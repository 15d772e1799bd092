// What people write stays text (defect S10), in every place where it is shown.
import { expect, hydrated, signIn, test } from './fixtures';
import { auction, person } from './market';

const TITLE = '</title></textarea><script>window.stolen = 1</script><b>"\'&lt;';
const DESCRIPTION = `</textarea><script>window.stolen = 2</script>\n</script><img src=x onerror="window.stolen=3">`;

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

test('a title and a description are never markup', async ({ page, playwright, baseURL }) => {
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

test('a refused form shows as text what was typed, to scripts too', async ({ page, browser }) => {
  const seller = person();
  auction({ seller: seller.username, title: TITLE });
  await signIn(page, seller, '/sell');
  await hydrated(page);
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  const form = await plain.newPage();
  await form.goto('/sell');
  await form.getByLabel('제목').fill(TITLE);
  await form.getByLabel('설명').fill(DESCRIPTION);
  await form.getByLabel('분류').selectOption({ index: 1 });
  await form.getByRole('radio', { name: 'A급' }).check();
  await form.getByLabel('시작가').fill('abc');
  await form.getByRole('button', { name: '경매 열기' }).click();
  await expect(form.getByRole('alert')).toBeVisible();
  await expect(form.getByLabel('제목')).toHaveValue(TITLE);
  await expect(form.getByLabel('설명')).toHaveValue(DESCRIPTION);
  await expect(form.locator('img[src=x], b:has-text("&lt;")')).toHaveCount(0);
  await plain.close();
});
