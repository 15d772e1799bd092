// A newcomer's first evening.
import { askFor, panelOf, won } from './auction-page';
import { expect, hydrated, test } from './fixtures';
import { auction, audit, person, wallet } from './market';

test('from signing up to the first bid', async ({ page }) => {
  const fresh = { username: `journey-${process.pid}`, password: 'quite a long password' };
  await page.goto('/');
  await hydrated(page);
  await page.getByRole('banner').getByRole('link', { name: '회원가입' }).click();
  await page.getByRole('combobox', { name: '우리 동네' }).pressSequentially('망원');
  await page.getByRole('option', { name: '망원동 서울특별시 마포구' }).click();
  await expect(page.getByRole('combobox', { name: '우리 동네' })).toHaveValue('서울특별시 마포구 망원동');
  await page.getByLabel('아이디').fill(fresh.username);
  await page.getByLabel('비밀번호', { exact: true }).fill(fresh.password);
  await page.getByRole('button', { name: '가입하고 시작하기' }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: '사용 가능' })).toContainText('0원');
  await expect(page.getByRole('banner').getByRole('link', { name: '망원동' })).toBeVisible();

  await hydrated(page);
  await page.getByRole('banner').getByRole('link', { name: '사용 가능' }).click();
  await page.getByRole('region', { name: '잔액' }).getByRole('link', { name: '충전하기' }).click();
  await page.locator('#deposit').getByRole('button', { name: '+10만' }).click();
  await page.getByRole('button', { name: '100,000원 충전하기' }).click();
  await expect(page.getByText('100,000원을 충전했어요.')).toBeVisible();
  await expect(page.getByRole('banner').getByRole('link', { name: '사용 가능' })).toContainText('100,000원');

  await page.getByRole('searchbox', { name: '검색' }).fill('LG 트롬');
  await page.getByRole('searchbox', { name: '검색' }).press('Enter');
  await page.getByRole('main').getByRole('link', { name: 'LG 트롬 9kg 드럼세탁기', exact: false }).click();
  await hydrated(page);
  await expect(page).toHaveURL(/\/auctions\/\d+$/);
  const suggested = await panelOf(page).getByRole('textbox', { name: '입찰가' }).inputValue();
  const amount = Number(suggested.replace(/,/g, ''));
  await (await askFor(page, amount)).click();
  await expect(panelOf(page).getByText('최고 입찰이에요.')).toBeVisible();
  expect(wallet(fresh)).toEqual({ available: 100_000 - amount, held: amount });

  await page.getByRole('banner').getByRole('link', { name: '사용 가능' }).click();
  await expect(page.getByRole('heading', { name: '예치금이 있는 곳' })).toBeVisible();
  const balance = page.getByRole('region', { name: '잔액' });
  await expect(balance).toContainText(won(100_000 - amount));
  await expect(balance).toContainText(won(amount));
  audit();
});

test('a thing is put up for sale, and stands in the market', async ({ page, visit }) => {
  const seller = await visit(person(), '/sell');
  const form = seller.page.getByRole('main');
  const title = `달 모양 조명 ${process.pid}`;
  await form.getByRole('button', { name: '경매 열기' }).click();
  await expect(form.getByText('입력해 주세요.').first()).toBeVisible();
  await form.getByLabel('제목').fill(title);
  await expect(form.getByRole('complementary').getByText(title).first()).toBeVisible();
  await form.getByLabel('분류').selectOption({ index: 2 });
  await form.getByRole('radio', { name: 'S급' }).check();
  await form.getByLabel('시작가').fill('30000');
  await form.getByRole('button', { name: '30,000원부터 경매 열기' }).click();
  await expect(seller.page).toHaveURL(/\/auctions\/\d+$/);
  await expect(panelOf(seller.page).getByText('내 경매예요')).toBeVisible();
  await seller.page.goto('/me?shelf=selling');
  await expect(seller.page.getByRole('main').getByRole('link', { name: title, exact: true })).toBeVisible();

  await page.goto(`/?q=${encodeURIComponent(title)}`);
  await expect(page.getByRole('main').getByRole('link', { name: title, exact: true })).toBeVisible();
});

test('on the phone an amount over three times the next bid is asked about twice', async ({ visit }) => {
  const id = auction({ seller: person().username });
  const bidder = person(1_000_000);
  const { page } = await visit(bidder, `/auctions/${id}`);
  await page.setViewportSize({ width: 390, height: 844 });
  const panel = panelOf(page);
  await expect(panel).not.toBeInViewport();
  await page.getByRole('region', { name: '입찰 요약' }).getByRole('link', { name: '10,000원 입찰하기' }).click();
  await panel.getByRole('textbox', { name: '입찰가' }).fill('100000');
  await panel.getByRole('button', { name: '100,000원 입찰하기' }).click();
  await expect(panel.getByRole('heading', { name: '다음 입찰가의 3배가 넘어요' })).toBeVisible();
  await panel.getByRole('button', { name: '금액 고치기' }).click();
  await expect(panel.getByRole('textbox', { name: '입찰가' })).toBeFocused();

  await panel.getByRole('button', { name: '100,000원 입찰하기' }).click();
  await expect(panel.getByRole('button', { name: '100,000원이 맞아요, 입찰하기' })).toBeVisible();
  await panel.getByRole('button', { name: '10,000원 입찰하기', exact: true }).click();
  await expect(panel.getByText('최고 입찰이에요.')).toBeInViewport();
  expect(wallet(bidder)).toEqual({ available: 990_000, held: 10_000 });
  await page.keyboard.press('Escape');
  await expect(panel).not.toBeInViewport();
});
