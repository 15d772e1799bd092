// What staff do: reports, suspensions, auctions taken back; and that nobody else finds any of it.
import type { Locator, Page } from '@playwright/test';
import { bid, panelOf } from './auction-page';
import { expect, forgive, hydrated, signIn, test } from './fixtures';
import { auction, audit, person, staff, wallet, type Person } from './market';

const DONE = '처리했고 기록에 남겼어요.';
const PATHS = [
  '/admin',
  '/admin/users',
  '/admin/users/1',
  '/admin/auctions',
  '/admin/auctions/1',
  '/admin/reports',
  '/admin/questions',
  '/admin/categories',
  '/admin/log',
  '/admin/disputes',
  '/admin/ledger',
  '/admin/charts',
];

// Unfolds an act, says why, and does it; the page is served anew.
async function act(page: Page, words: string, reason: string, where: Locator = page.getByRole('main')) {
  await where.locator('summary', { hasText: words }).click();
  const form = where.locator('details[open]').filter({ hasText: words });
  await form.getByLabel('이유').fill(reason);
  await form.getByRole('button', { name: words }).click();
  await expect(page.getByText(DONE)).toBeVisible();
}

// What staff know of somebody.
async function openPerson(page: Page, user: Person) {
  await page.goto('/admin/users');
  await page.getByLabel('아이디나 닉네임').fill(user.username);
  await page.getByRole('button', { name: '찾기' }).click();
  await page.getByRole('main').getByRole('link', { name: user.username, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: user.username })).toBeVisible();
}

// The newest act of that sort about somebody or something.
async function expectLogged(page: Page, sort: string, about: string, reason: string) {
  await page.goto(`/admin/log?act=${sort}`);
  const row = page.getByRole('row').filter({ hasText: about }).filter({ hasText: reason });
  await expect(row).toHaveCount(1);
}

test('somebody who is suspended bids on nothing until it is taken back', async ({ visit, complaints }) => {
  const [operator, bidder] = [staff(person(0, 'operator')), person(100_000, 'bidder')];
  const id = auction({ seller: person(0, 'seller').username });
  const b = await visit(bidder, `/auctions/${id}`);
  await bid(b.page, 10_000);
  await expect.poll(() => wallet(bidder)).toEqual({ available: 90_000, held: 10_000 });

  const o = await visit(operator, '/admin');
  await openPerson(o.page, bidder);
  await act(o.page, '이용 정지하기', '거짓 입찰 신고');
  await expect(o.page.getByRole('main')).toContainText('정지된 때');

  const other = auction({ seller: person(0, 'seller').username });
  await b.page.goto(`/auctions/${other}`);
  await hydrated(b.page);
  await bid(b.page, 10_000);
  await expect(panelOf(b.page)).toContainText('이용이 정지된 계정이에요.');
  forgive(complaints, 403);
  expect(wallet(bidder), 'his hold stays').toEqual({ available: 90_000, held: 10_000 });

  await act(o.page, '정지 해제하기', '확인해 보니 아니에요');
  await b.page.goto(`/auctions/${other}`);
  await hydrated(b.page);
  await bid(b.page, 10_000);
  await expect.poll(() => wallet(bidder)).toEqual({ available: 80_000, held: 20_000 });
  await expectLogged(o.page, 'suspend', bidder.username, '거짓 입찰 신고');
  await expectLogged(o.page, 'unsuspend', bidder.username, '확인해 보니 아니에요');
  audit();
});

test('an auction is taken back and everybody has his money again', async ({ visit }) => {
  const [operator, bidder] = [staff(person(0, 'operator')), person(100_000, 'bidder')];
  const [seller, title] = [person(0, 'seller'), `위조 시계 ${Date.now()}`];
  const id = auction({ seller: seller.username, title });
  const b = await visit(bidder, `/auctions/${id}`);
  await bid(b.page, 30_000);
  await expect.poll(() => wallet(bidder)).toEqual({ available: 70_000, held: 30_000 });

  const o = await visit(operator, '/admin/auctions');
  await o.page.getByLabel('제목, 판매자나 경매 번호').fill(title);
  await o.page.getByRole('button', { name: '찾기' }).click();
  await o.page.getByRole('main').getByRole('link', { name: title }).click();
  await expect(o.page.getByRole('main')).toContainText('예치금은 바로 돌아가고');
  await act(o.page, '경매 취소하기', '위조품이에요');
  await expect(o.page.getByRole('main')).toContainText('끝난 경매는 취소할 수 없어요.');
  expect(wallet(bidder)).toEqual({ available: 100_000, held: 0 });
  await expectLogged(o.page, 'cancel_auction', title, '위조품이에요');
  await b.page.goto('/notifications');
  await expect(b.page.getByRole('main')).toContainText(title);
  audit();
});

test('a report is handled, and what is hidden is off its page', async ({ visit }) => {
  const [operator, asker] = [staff(person(0, 'operator')), person(0, 'asker')];
  const reporter = person(0, 'reporter');
  const id = auction({ seller: person(0, 'seller').username });
  const a = await visit(asker, `/auctions/${id}`);
  const words = `무례한 말 ${Date.now()}`;
  await a.page.getByLabel('판매자에게 물어보기').fill(words);
  await a.page.getByRole('button', { name: '질문하기' }).click();
  await expect(a.page.getByText('질문을 올렸어요.')).toBeVisible();

  const r = await visit(reporter, `/auctions/${id}`);
  const questions = r.page.getByRole('region', { name: '질문과 답변' });
  await questions.getByRole('link', { name: '신고' }).click();
  await r.page.getByRole('radio', { name: '욕설이나 위협이에요' }).check();
  await r.page.getByRole('button', { name: '신고 보내기' }).click();
  await expect(r.page.getByText('신고를 받았어요.')).toBeVisible();

  const o = await visit(operator, '/admin/reports');
  const filed = o.page.getByRole('main').getByRole('listitem').filter({ hasText: words });
  for (let pages = 0; pages < 20 && (await filed.count()) === 0; pages += 1) {
    await o.page.getByRole('link', { name: '더 보기' }).click();
    await o.page.waitForURL(/after=/);
  }
  await act(o.page, '인정하기', '욕설이 맞아요', filed);
  await expect(o.page.getByRole('main').getByText(words)).toHaveCount(0);
  await expectLogged(o.page, 'uphold_report', asker.username, '욕설이 맞아요');

  await o.page.goto(`/auctions/${id}`);
  await o.page.getByRole('link', { name: '질문 숨기기' }).click();
  const question = o.page.getByRole('main').getByRole('listitem').filter({ hasText: words });
  await act(o.page, '숨기기', '욕설', question);
  await r.page.goto(`/auctions/${id}`);
  await expect(r.page.getByRole('region', { name: '질문과 답변' })).not.toContainText(words);
});

test('pages of staff are there for nobody else', async ({ page, visit, complaints }) => {
  for (const path of PATHS) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/sign-in\?next=/);
  }
  const { page: other } = await visit(person(), '/');
  await expect(other.locator('.avatar-menu a[href="/admin"]')).toHaveCount(0);
  for (const path of PATHS) {
    expect((await other.goto(path))?.status(), path).toBe(404);
    await hydrated(other);
  }
  forgive(complaints, 404, PATHS.length);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an act is a plain form, and one without a reason says so', async ({ page }) => {
    const [operator, other] = [staff(person(0, 'operator')), person()];
    await signIn(page, operator, '/admin');
    await page.locator('.avatar-menu summary').click();
    await expect(page.locator('.avatar-menu a[href="/admin"]')).toBeVisible();
    await openPerson(page, other);
    await page.locator('summary', { hasText: '모든 기기에서 로그아웃하기' }).click();
    const form = page.locator('details[open]').filter({ hasText: '모든 기기에서 로그아웃하기' });
    await form.getByRole('button', { name: '모든 기기에서 로그아웃하기' }).click();
    await expect(form.locator('.field-error')).toBeVisible();
    await form.getByLabel('이유').fill('도난 신고');
    await form.getByRole('button', { name: '모든 기기에서 로그아웃하기' }).click();
    await expect(page.getByText(DONE)).toBeVisible();
    await expectLogged(page, 'reset_devices', other.username, '도난 신고');
  });
});
