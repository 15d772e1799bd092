// Two who traded say what they think of each other; neither sees the other's word before both have spoken.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, forgive, hydrated, signIn, test } from './fixtures';
import { panelOf, won } from './auction-page';
import { auction, audit, person, type Person } from './market';

const PRICE = 50_000;

const reviewOf = (page: Page) => page.getByRole('region', { name: '거래 후기' });

// The buyer has just bought it: the sale is settled at once.
async function buy(page: Page) {
  const panel = panelOf(page);
  await panel.locator('summary', { hasText: '즉시 구매' }).click();
  await panel.getByRole('button', { name: `${won(PRICE)}에 바로 구매하기` }).click();
  await expect(reviewOf(page)).toBeVisible();
}

async function write(page: Page, stars: number, text: string) {
  const box = reviewOf(page);
  await box.getByRole('radio', { name: new RegExp(`^${stars}점`) }).check({ force: true });
  await box.getByLabel('한마디').fill(text);
  await box.getByRole('button', { name: '후기 남기기' }).click();
  await expect(box.getByText('후기를 남겼어요.', { exact: true })).toBeVisible();
}

async function idOf(page: Page, username: string): Promise<string> {
  const seller = page.getByRole('region', { name: '판매자', exact: true });
  const link = seller.getByRole('link', { name: username }).first();
  const href = (await link.getAttribute('href')) ?? '';
  return href.replace('/sellers/', '');
}

test('both review each other, and from then on everybody reads it', async ({ visit, page }) => {
  const seller = person(0, 'seller');
  const id = auction({ seller: seller.username, buyNow: PRICE, title: '후기를 남길 라디오' });
  const buyer = person(PRICE, 'buyer');
  const his = await visit(seller, `/auctions/${id}`);
  const hers = await visit(buyer, `/auctions/${id}`);
  await expect(reviewOf(his.page)).toBeHidden();
  await buy(hers.page);

  const box = reviewOf(hers.page);
  await box.getByRole('button', { name: '후기 남기기' }).click();
  await expect(box.getByRole('radio', { name: /^1점/ })).toBeFocused();
  await write(hers.page, 5, '약속 시간에 딱 맞춰 오셨어요.');
  await expect(box.getByText(/님은 아직 후기를 남기지 않았어요/)).toBeVisible();

  const sellerId = await idOf(hers.page, seller.username);
  await page.goto(`/sellers/${sellerId}`);
  await expect(page.getByRole('heading', { name: '새 판매자' })).toBeVisible();
  await expect(page.getByText('약속 시간에 딱 맞춰')).toBeHidden();

  // His page was open while it was sold.
  await expect(reviewOf(his.page).getByRole('button', { name: '후기 남기기' })).toBeVisible();
  await his.page.reload();
  await hydrated(his.page);
  await expect(reviewOf(his.page).getByText(/벌써 후기를 남겼어요/)).toBeVisible();
  await expect(reviewOf(his.page)).not.toContainText('약속 시간에');
  await write(his.page, 4, '입금이 빨라요.');
  await expect(reviewOf(his.page)).toContainText('약속 시간에 딱 맞춰 오셨어요.');
  await expect(reviewOf(hers.page), 'hers is open, and shows it at once').toContainText('입금이 빨라요.');

  await page.goto(`/sellers/${sellerId}`);
  await expect(page.getByRole('region', { name: '신용 점수' })).toContainText('100');
  const reviews = page.getByRole('region', { name: '판매자 후기' });
  await expect(reviews).toContainText('약속 시간에 딱 맞춰 오셨어요.');
  await expect(page.getByRole('region', { name: '판매 완료' })).toContainText('후기를 남길 라디오');
  await page.goto(`/auctions/${id}`);
  await expect(page.getByRole('region', { name: '판매자', exact: true })).toContainText('신용 100');
  await expect(reviewOf(page)).toBeHidden();
  audit();
});

test('stars are given by keys', async ({ visit }) => {
  const id = auction({ seller: person().username, buyNow: PRICE });
  const { page } = await visit(person(PRICE), `/auctions/${id}`);
  await buy(page);
  const box = reviewOf(page);
  await box.getByRole('radio', { name: /^1점/ }).focus();
  for (const _ of [2, 3, 4]) await page.keyboard.press('ArrowRight');
  await expect(box.getByRole('radio', { name: /^4점/ })).toBeChecked();
  await expect(box.getByText('좋아요', { exact: true })).toBeVisible();
});

test('only the two of a trade that is over review, once', async ({ visit, complaints }) => {
  test.setTimeout(90_000);
  const seller = person();
  const id = auction({ seller: seller.username, buyNow: PRICE });
  const post = async (who: Person, stars: string, key: string) => {
    const { page } = await visit(who, '/');
    const answer = await page.request.post('/api/review', { form: { auction_id: id, stars, text: '', key } });
    return [answer.status(), ((await answer.json()) as { refused?: string }).refused];
  };
  const buyer = person(PRICE);
  expect(await post(seller, '5', 'a')).toEqual([409, 'trade_open']);
  const { page } = await visit(buyer, `/auctions/${id}`);
  await buy(page);
  expect(await post(person(), '5', 'a')).toEqual([403, 'not_yours']);
  for (const stars of ['0', '6', '', 'abc', '4.5', '99999999999999999999']) {
    expect(await post(buyer, stars, 'a'), stars).toEqual([422, 'fields']);
  }
  const long = { auction_id: id, stars: '5', text: '가'.repeat(1001), key: 'long' };
  expect((await page.request.post('/api/review', { form: long })).status()).toBe(422);
  expect(await post(buyer, '5', 'a')).toEqual([200, undefined]);
  expect(await post(buyer, '5', 'a')).toEqual([200, undefined]);
  expect(await post(buyer, '4', 'a')).toEqual([409, 'key_reused']);
  expect(await post(buyer, '4', 'b')).toEqual([409, 'already_reviewed']);
  expect(complaints).toEqual([]);
});

test('a person who does not exist has no page', async ({ page, complaints }) => {
  for (const id of ['0', '-1', 'abc', '999999999', '99999999999999999999', '%00']) {
    const answer = await page.goto(`/sellers/${id}`);
    expect(answer?.status(), id).toBe(404);
    forgive(complaints, 404);
  }
});

test('what people write is text and nothing else', async ({ visit, page }) => {
  const seller = person();
  const id = auction({ seller: seller.username, buyNow: PRICE });
  const hers = await visit(person(PRICE), `/auctions/${id}`);
  await buy(hers.page);
  const sly = '</textarea><img src=x onerror=alert(1)>&lt;b&gt;';
  await write(hers.page, 3, sly);
  const his = await visit(seller, `/auctions/${id}`);
  await write(his.page, 3, sly);
  await page.goto(`/sellers/${await idOf(hers.page, seller.username)}`);
  await expect(page.getByRole('region', { name: '판매자 후기' })).toContainText(sly);
  expect(await page.locator('img[src="x"]').count()).toBe(0);
});

for (const theme of ['light', 'dark'] as const) {
  test(`the page of a person and the form have no violations in the ${theme} theme`, async ({
    visit,
    baseURL,
  }) => {
    test.setTimeout(90_000);
    const id = auction({ seller: person().username, buyNow: PRICE });
    const { page, context } = await visit(person(PRICE), `/auctions/${id}`);
    await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }]);
    await buy(page);
    const found: string[] = [];
    const seller = '/sellers/1';
    for (const path of [`/auctions/${id}`, seller, `${seller}?shelf=selling`, `${seller}?shelf=sold`]) {
      await page.goto(path);
      await hydrated(page);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { id, nodes } of violations) {
          found.push(...nodes.map((node) => `${path} ${width}: ${id} ${node.target} ${node.failureSummary}`));
        }
      }
    }
    expect(found).toEqual([]);
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a review is written, and a refused one keeps what was typed', async ({ page }) => {
    const id = auction({ seller: person().username, buyNow: PRICE });
    await signIn(page, person(PRICE), `/auctions/${id}`);
    const panel = panelOf(page);
    await panel.locator('summary', { hasText: '즉시 구매' }).click();
    await panel.getByRole('button', { name: `${won(PRICE)}에 바로 구매하기` }).click();
    const box = reviewOf(page);
    await box.getByLabel('한마디').fill('좋은 거래였어요.');
    await box.getByRole('radio', { name: /^5점/ }).check({ force: true });
    await box.getByRole('button', { name: '후기 남기기' }).click();
    await expect(box.getByText('후기를 남겼어요.', { exact: true })).toBeVisible();
    await expect(box).toContainText('좋은 거래였어요.');
    await page.reload();
    await expect(box.getByText('후기를 남겼어요.', { exact: true })).toBeHidden();
    await expect(box.getByRole('button', { name: '후기 남기기' })).toBeHidden();
  });
});
