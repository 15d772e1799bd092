// Finding: filters and orders in the address, a region by its name, what is spelled almost right, searches
// that are kept and tell of what fits them, and the shelves of the first page.
import type { Page } from '@playwright/test';
import { expect, hydrated, signIn, test } from './fixtures';
import { auction, person } from './market';

const cards = (page: Page) => page.getByRole('main').getByRole('heading', { level: 3 });
const filters = (page: Page) => page.locator('details#filter');
const inBanner = (page: Page, name: string) => page.getByRole('banner').getByRole('link', { name });

// Words that no other spec sells under.
let things = 0;
const thing = () => {
  things += 1;
  return `찾을거리${process.pid}번${things}`;
};

// What the address says, but for what is not under test.
const said = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

// Where the saved searches are, with how many there are.
const kept = (page: Page) => page.getByRole('main').locator('summary', { hasText: '저장한 검색' });

test('v9: every filter and the order stay in the address through sorting and paging', async ({ page }) => {
  const filter = { q: '의자', region: '11', category: '가구-인테리어', min_price: '1000', reach: 'national' };
  const rest = { max_price: '9000000', condition: 'A', status: 'running' };
  await page.goto(`/?${new URLSearchParams({ ...filter, ...rest })}`);
  await hydrated(page);
  await page.getByRole('main').locator('.menu summary').click();
  await page.getByRole('link', { name: '가까운 순' }).click();
  const { status: _usual, ...unusual } = rest;
  await expect.poll(() => said(page)).toEqual({ ...filter, ...unusual, sort: 'near' });
  await filters(page).locator('summary').click();
  await filters(page).getByRole('button', { name: '결과 보기' }).click();
  await expect(filters(page)).not.toHaveAttribute('open');
  expect(said(page)).toEqual({ ...filter, ...unusual, sort: 'near' });

  await page.goto('/?sort=price_up&min_price=1');
  const next = page.locator('a[rel=next]');
  await expect(next).toHaveAttribute('href', /^\/\?min_price=1&sort=price_up&after=/);
});

test('the region above leads to the filters, opened, from every page and again', async ({ visit }) => {
  const { page } = await visit(person(), '/wallet');
  await inBanner(page, '망원동').click();
  await expect(page).toHaveURL('/?filter=open#filter');
  await expect(filters(page).getByRole('combobox', { name: '지역', exact: true })).toBeVisible();
  await filters(page).locator('summary').click();
  await expect(filters(page)).not.toHaveAttribute('open');
  await inBanner(page, '망원동').click();
  await expect(filters(page)).toHaveAttribute('open');
});

test('a list is narrowed to a neighbourhood found by its name', async ({ page }) => {
  await page.goto('/?filter=open&category=기타');
  await hydrated(page);
  await filters(page).getByRole('combobox', { name: '다른 동네 찾기' }).pressSequentially('망원');
  await page.getByRole('option', { name: '망원동 서울특별시 마포구' }).click();
  await filters(page).getByRole('button', { name: '결과 보기' }).click();
  await expect.poll(() => said(page)).toEqual({ region: '11440123', category: '기타' });
  await expect(page.getByRole('link', { name: /망원동 조건 빼기/ })).toBeVisible();
});

test('near is sorted by distance, and the cards say it', async ({ visit }) => {
  const name = thing();
  auction({ seller: person().username, reach: 'neighbourhood', title: name });
  const { page } = await visit(person(), `/?q=${encodeURIComponent(name)}&sort=near`);
  await expect(cards(page)).toHaveText([name]);
  await expect(page.locator('.card-meta')).toContainText(/같은 동네|\d+m|km/);
});

test('what is spelled almost right is found, and the page says so', async ({ page }) => {
  await page.goto(`/?q=${encodeURIComponent('라이까')}`);
  await expect(page.getByText('“라이까”에 맞는 물건이 없어 “라이카” 결과를 보여드려요.')).toBeVisible();
  await expect(cards(page).filter({ hasText: '라이카' }).first()).toBeVisible();
});

test('a search is kept, tells of what fits it, and is forgotten', async ({ visit }) => {
  test.setTimeout(60_000);
  const name = thing();
  const address = `/?q=${encodeURIComponent(name)}&max_price=20000`;
  const { page } = await visit(person(), address);
  await expect(page.getByRole('heading', { name: `“${name}”에 맞는 경매가 아직 없어요` })).toBeVisible();
  await page.getByRole('button', { name: '이 검색 저장하고 알림 받기' }).click();
  await expect(page.getByText('저장한 검색이에요.')).toBeVisible();
  await expect(page.getByRole('button', { name: '이 검색 저장하고 알림 받기' })).toBeHidden();

  auction({ seller: person().username, title: name });
  const toast = page.locator('.toasts');
  await expect(toast).toContainText('저장한 검색에 맞는 물건이 올라왔어요', { timeout: 30_000 });

  await page.goto('/');
  await hydrated(page);
  await kept(page).click();
  await page.getByRole('link', { name: new RegExp(`“${name}” · .*마포구 · 20,000원 이하`) }).click();
  await expect(cards(page)).toHaveText([name]);
  await kept(page).click();
  await page.getByRole('button', { name: new RegExp(`저장 취소: “${name}”`) }).click();
  await expect(kept(page)).toBeHidden();
  await expect(page.getByRole('button', { name: '이 검색 저장하고 알림 받기' })).toBeVisible();
});

test('the first page has its shelves, and a filtered one has not', async ({ page }) => {
  const name = thing();
  auction({ seller: person().username, title: name, endsIn: 600 });
  await page.goto('/');
  const shelf = page.getByRole('heading', { level: 2, name: '곧 끝나요' });
  await expect(shelf).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: '관심 많은 물건' })).toBeVisible();
  await page.goto('/?sort=new');
  await expect(cards(page).first()).toBeVisible();
  await expect(shelf).toBeHidden();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the region above opens the filters, and a place is found by its name', async ({ page }) => {
    await signIn(page, person(), '/wallet');
    await inBanner(page, '망원동').click();
    await expect(filters(page).getByRole('button', { name: '결과 보기' })).toBeVisible();
    await filters(page).getByLabel('다른 동네 찾기').fill('연남');
    await filters(page).getByRole('button', { name: '찾기' }).click();
    await filters(page).getByRole('radio', { name: /연남동/ }).check();
    await filters(page).getByRole('button', { name: '결과 보기' }).click();
    await expect(page.getByRole('heading', { level: 2, name: /^연남동에서 볼 수 있는 경매/ })).toBeVisible();
  });

  test('a visitor signs in and comes back to save his search, once', async ({ page }) => {
    const name = thing();
    const somebody = person();
    await page.goto(`/?q=${encodeURIComponent(name)}`);
    await page.getByRole('link', { name: '이 검색 저장하고 알림 받기' }).click();
    await page.getByLabel('아이디').fill(somebody.username);
    await page.getByLabel('비밀번호', { exact: true }).fill(somebody.password);
    await page.getByRole('main').getByRole('button', { name: '로그인' }).click();
    await expect(page.getByRole('heading', { name: `“${name}”에 맞는 경매가 아직 없어요` })).toBeVisible();
    await page.getByRole('button', { name: '이 검색 저장하고 알림 받기' }).click();
    await expect(page.getByText('저장한 검색이에요.')).toBeVisible();
    await kept(page).click();
    await page.getByRole('button', { name: new RegExp(`저장 취소: “${name}”`) }).click();
    await expect(page.getByRole('button', { name: '이 검색 저장하고 알림 받기' })).toBeVisible();
  });
});
