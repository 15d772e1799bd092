// After a sale whose money waits: its steps for both sides at once, and a dispute with its decision.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { panelOf, won } from './auction-page';
import { expect, forgive, hydrated, signIn, test } from './fixtures';
import { auction, audit, person, staff, wallet, type Person } from './market';

const PRICE = 50_000;
// What "at once" means (product, *Live*), in milliseconds.
const AT_ONCE = { timeout: 2_000 };

type Sale = { id: string; buyer: Person; seller: Person };

// An auction that may be bought at once; the money will wait for the handover.
function offer(reach: 'national' | 'neighbourhood' = 'national'): Sale {
  const [seller, buyer] = [person(0, 'seller'), person(100_000, 'buyer')];
  const terms = { reach, onHandover: true, buyNow: PRICE, title: '손때 묻은 라디오' };
  return { id: auction({ seller: seller.username, ...terms }), buyer, seller };
}

async function buy(page: Page) {
  const panel = panelOf(page);
  await panel.locator('summary', { hasText: '즉시 구매' }).click();
  await panel.getByRole('button', { name: `${won(PRICE)}에 바로 구매하기` }).click();
  await expect(panel.getByText('낙찰받았어요', { exact: true })).toBeVisible();
}

function stepsOf(page: Page) {
  return page.getByRole('list', { name: '거래 진행' }).getByRole('listitem');
}

// The step that is taken now.
async function expectStep(page: Page, step: string) {
  const now = stepsOf(page).and(page.locator('[aria-current=step]'));
  await expect(now).toContainText(step, AT_ONCE);
}

// One large action at a time.
async function expectOneMainAction(page: Page) {
  await expect(panelOf(page).locator('.btn-primary:visible')).toHaveCount(1);
}

async function report(page: Page, text: string) {
  const panel = panelOf(page);
  await panel.locator('summary', { hasText: '문제가 있어요' }).click();
  await panel.getByRole('radio', { name: '설명과 달라요' }).check();
  await panel.getByLabel('자세히 알려 주세요').fill(text);
  await panel.getByRole('button', { name: '문제 알리기' }).click();
}

async function say(page: Page, text: string) {
  const talk = page.getByRole('region', { name: '거래 문제' });
  await talk.getByLabel('할 말').fill(text);
  await talk.getByRole('button', { name: '보내기' }).click();
  await expect(talk.getByRole('log')).toContainText(text);
}

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => {
    return nodes.map((node) => `${id} ${node.target} ${node.failureSummary}`);
  });
}

for (const reach of ['national', 'neighbourhood'] as const) {
  test(`a sale goes step by step, on both screens (${reach})`, async ({ visit }) => {
    const { id, buyer, seller } = offer(reach);
    const s = await visit(seller, `/auctions/${id}`);
    const b = await visit(buyer, `/auctions/${id}`);
    await s.frames.hear('me');
    await b.frames.hear('me');
    await buy(b.page);
    expect(wallet(buyer)).toEqual({ available: 50_000, held: 0 });
    expect(wallet(seller)).toEqual({ available: 0, held: 0 });

    await expectStep(s.page, '물건 전달');
    await expectStep(b.page, '물건 전달');
    await expectOneMainAction(s.page);
    await expectOneMainAction(b.page);
    await expect(stepsOf(b.page).nth(2)).toContainText('에 자동 확인');
    await panelOf(s.page).getByLabel('운송장 번호나 전할 말').fill('우체국 6012-3456');
    await panelOf(s.page).getByRole('button', { name: '물건을 전달했어요' }).click();

    await expectStep(s.page, '수령 확인');
    await expectStep(b.page, '수령 확인');
    await expect(stepsOf(b.page).nth(1)).toContainText('우체국 6012-3456');
    await expectOneMainAction(s.page);
    await expectOneMainAction(b.page);
    await panelOf(b.page).locator('summary', { hasText: '수령 확인' }).click();
    await panelOf(b.page).getByRole('button', { name: `${won(PRICE)} 정산하기` }).click();

    await expect(panelOf(b.page)).toContainText(`${won(PRICE)}이 판매자에게 정산됐어요`, AT_ONCE);
    await expect(panelOf(s.page)).toContainText(`${won(PRICE)}이 지갑에 들어왔어요`, AT_ONCE);
    await expect(panelOf(b.page).getByText('문제가 있어요')).toBeHidden();
    await expectOneMainAction(b.page);
    expect(wallet(buyer)).toEqual({ available: 50_000, held: 0 });
    expect(wallet(seller)).toEqual({ available: PRICE, held: 0 });
    audit();
  });
}

test('a dispute is talked over and decided by staff, the money exact at each step', async ({ visit }) => {
  test.setTimeout(60_000);
  const { id, buyer, seller } = offer();
  const operator = staff(person(0, 'operator'));
  const b = await visit(buyer, `/auctions/${id}`);
  const s = await visit(seller, `/auctions/${id}`);
  await s.frames.hear('me');
  await buy(b.page);
  await report(b.page, '전원이 켜지지 않아요');
  await expectStep(b.page, '문제 확인 중');
  await expectStep(s.page, '문제 확인 중');
  await expect(s.page.getByRole('log')).toContainText('전원이 켜지지 않아요');
  await expect(s.page.getByRole('region', { name: '거래 문제' })).toContainText('내 차례예요');
  await say(s.page, '보낼 때는 켜졌어요');
  await expect(b.page.getByRole('log')).toContainText('보낼 때는 켜졌어요', AT_ONCE);
  await expect(b.page.getByRole('region', { name: '거래 문제' })).toContainText('운영팀 차례', AT_ONCE);

  const o = await visit(operator, '/admin/disputes');
  const row = o.page.getByRole('row').filter({ hasText: buyer.username });
  await expect(row).toContainText('설명과 달라요');
  await row.getByRole('link').click();
  await expect(o.page).toHaveURL(`/admin/disputes/${id}`);
  await say(o.page, '사진을 보여 주세요');
  await expect(b.page.getByRole('log')).toContainText('사진을 보여 주세요', AT_ONCE);
  await expect(o.page.getByRole('table')).toContainText('−50,000');
  expect(await violations(o.page)).toEqual([]);
  expect(await violations(b.page)).toEqual([]);
  expect(wallet(buyer)).toEqual({ available: 50_000, held: 0 });

  await o.page.getByRole('radio', { name: '구매자에게 환불' }).check();
  await o.page.getByLabel('이유').fill('설명과 다른 물건이에요');
  await o.page.getByRole('checkbox', { name: '되돌릴 수 없다는 것을 알고 있어요' }).check();
  await o.page.getByRole('button', { name: '결정하기' }).click();
  await expect(o.page.getByText('운영팀이 구매자에게 환불하기로 결정했어요.').first()).toBeVisible();
  await expect(panelOf(b.page)).toContainText(`환불됐어요. ${won(PRICE)}을 지갑으로 돌려드렸어요.`, AT_ONCE);
  await expect(s.page.getByRole('region', { name: '거래 문제' })).toContainText('설명과 다른 물건이에요', AT_ONCE);
  expect(wallet(buyer)).toEqual({ available: 100_000, held: 0 });
  expect(wallet(seller)).toEqual({ available: 0, held: 0 });
  audit();
});

test('v7 who lost to a purchase is told so, and where his money is', async ({ visit }) => {
  const { id, buyer } = offer();
  const loser = person(30_000, 'loser');
  const l = await visit(loser, `/auctions/${id}`);
  await l.frames.hear('auction');
  await panelOf(l.page).getByRole('textbox', { name: '입찰가' }).fill('20000');
  await panelOf(l.page).getByRole('button', { name: `${won(20_000)} 입찰하기` }).click();
  await panelOf(l.page).getByRole('button', { name: `${won(20_000)} 입찰하기` }).click();
  await expect(panelOf(l.page).getByText('최고 입찰 중')).toBeVisible();
  const b = await visit(buyer, `/auctions/${id}`);
  await buy(b.page);
  await expect(panelOf(l.page)).toContainText('다른 분이 즉시 구매했어요.', AT_ONCE);
  await expect(panelOf(l.page)).toContainText(`예치했던 ${won(20_000)}은 모두 지갑으로 돌아왔어요.`, AT_ONCE);
  await expect(panelOf(l.page).getByText('낙찰받았어요', { exact: true })).toBeHidden();
  expect(wallet(loser)).toEqual({ available: 30_000, held: 0 });
});

test('pages of staff are there for nobody else', async ({ page, visit, complaints }) => {
  await page.goto('/admin/disputes');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  const { page: other } = await visit(person(), '/');
  for (const path of ['/admin/disputes', '/admin/disputes/1']) {
    expect((await other.goto(path))?.status(), path).toBe(404);
    await hydrated(other);
  }
  forgive(complaints, 404, 2);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('every step is a plain form, and a refused one says why', async ({ browser }) => {
    const { id, buyer, seller } = offer();
    const plain = async (who: Person) => {
      const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
      await signIn(page, who, `/auctions/${id}`);
      return page;
    };
    const [b, s] = [await plain(buyer), await plain(seller)];
    await panelOf(b).locator('summary', { hasText: '즉시 구매' }).click();
    await panelOf(b).getByRole('button', { name: `${won(PRICE)}에 바로 구매하기` }).click();
    await expect(panelOf(b).getByText('낙찰받았어요', { exact: true })).toBeVisible();

    await s.goto(`/auctions/${id}`);
    await panelOf(s).getByLabel('운송장 번호나 전할 말').fill('택배 77');
    await panelOf(s).getByRole('button', { name: '물건을 전달했어요' }).click();
    await expect(stepsOf(s).nth(1)).toContainText('택배 77');

    await b.goto(`/auctions/${id}`);
    await report(b, ' ');
    await expect(panelOf(b).getByText('입력해 주세요.')).toBeVisible();
    await panelOf(b).getByLabel('자세히 알려 주세요').fill('빈 상자였어요');
    await panelOf(b).getByRole('button', { name: '문제 알리기' }).click();
    await expect(b.getByRole('log')).toContainText('빈 상자였어요');
    await say(b, '사진도 있어요');
    await panelOf(b).locator('summary', { hasText: '수령 확인' }).click();
    await panelOf(b).getByRole('button', { name: `${won(PRICE)} 정산하기` }).click();
    await expect(b.getByText('구매자가 수령을 확인해 판매자에게 정산됐어요.')).toBeVisible();
    expect(wallet(seller)).toEqual({ available: PRICE, held: 0 });
    audit();
  });
});
