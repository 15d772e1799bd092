// Without scripts: every form is a plain POST, and the page it leads back to says what came of it.
import { panelOf } from './auction-page';
import { expect, signIn, test } from './fixtures';
import { auction, audit, person, wallet } from './market';

test.use({ javaScriptEnabled: false });

test('from signing up to the first bid', async ({ page }) => {
  const id = auction({ seller: person().username });
  const fresh = { username: `plain-${process.pid}`, password: 'a plain password' };
  await page.goto(`/auctions/${id}`);
  await panelOf(page).getByRole('link', { name: '로그인하고 10,000원부터 입찰하기' }).click();
  await page.getByRole('main').getByRole('link', { name: '회원가입' }).click();

  await page.getByLabel('우리 동네').fill('망원');
  await page.getByRole('button', { name: '찾기' }).click();
  await page.getByRole('radio', { name: '망원동 서울특별시 마포구' }).check();
  await page.getByLabel('아이디').fill('x y');
  await page.getByLabel('비밀번호', { exact: true }).fill(fresh.password);
  await page.getByRole('button', { name: '가입하고 시작하기' }).click();
  await expect(page.getByText('형식이 맞지 않아요.')).toBeVisible();
  await page.getByLabel('아이디').fill(fresh.username);
  await page.getByLabel('비밀번호', { exact: true }).fill(fresh.password);
  await page.getByRole('button', { name: '가입하고 시작하기' }).click();
  await expect(page).toHaveURL(`/auctions/${id}`);

  const panel = panelOf(page);
  await panel.getByRole('textbox', { name: '입찰가' }).fill('12000');
  await panel.getByRole('button', { name: '이 금액으로 입찰하기' }).click();
  await expect(panel.getByRole('alert')).toContainText('12,000원이 모자라요.');
  await panel.getByRole('alert').getByRole('link', { name: '지갑 채우기' }).click();
  await expect(page).toHaveURL(/\/wallet#deposit$/);
  await page.getByLabel('충전할 금액').fill('abc');
  await page.getByRole('button', { name: '충전하기' }).click();
  await expect(page.getByText('한 번에 1원부터 10,000,000원까지, 숫자로 입력해 주세요.')).toBeVisible();
  await page.getByLabel('충전할 금액').fill('50,000');
  await page.getByRole('button', { name: '충전하기' }).click();
  await expect(page.getByText('충전했어요.')).toBeVisible();

  await page.goto(`/auctions/${id}`);
  await panel.getByRole('textbox', { name: '입찰가' }).fill('10500');
  await panel.getByRole('button', { name: '이 금액으로 입찰하기' }).click();
  const refusal = panel.getByRole('alert');
  await expect(refusal).toContainText('입찰 단위에 맞지 않아요. 10,000원 또는 11,000원으로 입찰할 수 있어요.');
  await expect(panel.getByRole('textbox', { name: '입찰가' })).toHaveValue('10500');
  await refusal.getByRole('button', { name: '11,000원 입찰하기' }).click();
  await expect(panel.getByText('최고 입찰 중')).toBeVisible();
  await expect(panel.locator('output')).toHaveText('11,000원');

  // A reload sends nothing twice, and the answer is not told twice.
  await page.reload();
  await expect(panel.getByText('최고 입찰이에요.')).toBeHidden();
  expect(wallet(fresh)).toEqual({ available: 39_000, held: 11_000 });

  await page.goto('/wallet');
  await expect(page.getByRole('heading', { name: '예치금이 있는 곳' })).toBeVisible();
  await page.getByRole('banner').locator('summary').click();
  await page.getByRole('button', { name: '로그아웃' }).click();
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('banner').getByRole('link', { name: '로그인' })).toBeVisible();
  await page.goto('/wallet');
  await expect(page).toHaveURL('/sign-in?next=%2Fwallet');
  audit();
});

test('an auction is opened, and a refused form keeps what was typed', async ({ page }) => {
  await signIn(page, person(), '/sell');
  await page.getByLabel('제목').fill('손으로 짠 바구니');
  await page.getByLabel('분류').selectOption({ index: 1 });
  await page.getByRole('radio', { name: 'A급' }).check();
  await page.getByLabel('설명').fill('한 번도\n쓰지 않았어요.');
  await page.getByLabel('시작가').fill('만 원');
  await page.getByRole('button', { name: '경매 열기' }).click();

  await expect(page).toHaveURL('/sell');
  await expect(page.getByRole('alert')).toContainText('입력한 내용을 확인해 주세요.');
  await expect(page.getByLabel('제목')).toHaveValue('손으로 짠 바구니');
  await expect(page.getByLabel('설명')).toHaveValue('한 번도\n쓰지 않았어요.');
  await expect(page.getByRole('radio', { name: 'A급' })).toBeChecked();
  await page.getByLabel('시작가').fill('25,000');
  await page.getByRole('button', { name: /경매 열기$/ }).click();

  await expect(page).toHaveURL(/\/auctions\/\d+$/);
  await expect(page.getByRole('heading', { level: 1, name: '손으로 짠 바구니' })).toBeVisible();
  await expect(panelOf(page)).toContainText('내 경매예요');
  await expect(panelOf(page).locator('output')).toHaveText('25,000원');
});

test('theme and language are remembered, and right in the first byte', async ({ page }) => {
  await page.goto('/sign-in');
  const choose = async (name: string) => {
    const choice = page.getByRole('contentinfo').getByRole('button', { name });
    await choice.click();
    await expect(choice).toHaveAttribute('aria-pressed', 'true');
  };
  await choose('어둡게');
  await expect(page).toHaveURL('/sign-in');
  expect(await (await page.reload())?.text()).toContain('data-theme="dark"');

  await choose('English');
  const english = (await (await page.goto('/'))?.text()) ?? '';
  expect(english).toContain('<html lang="en" data-theme="dark"');
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();

  await choose('한국어');
  await choose('자동');
  const korean = (await (await page.reload())?.text()) ?? '';
  expect(korean).toContain('<html lang="ko">');
});

test('what an address asks for and cannot be read is named', async ({ page }) => {
  const answer = await page.goto('/?min_price=abc&region=nowhere&sort=sideways&after=x');
  expect(answer?.status()).toBe(200);
  await expect(page.getByText('읽을 수 없는 조건은 빼고 보여드려요.')).toBeVisible();
  await expect(page.getByText('가격은 0 이상의 숫자로 적어 주세요.')).toBeVisible();
  await expect(page.getByRole('main').getByRole('heading', { level: 3 }).first()).toBeVisible();
});

test.describe('on the phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the bid panel opens as a sheet, and opens again with its answer', async ({ page }) => {
    const id = auction({ seller: person().username });
    await signIn(page, person(50_000), `/auctions/${id}`);
    await page.getByRole('region', { name: '입찰 요약' }).getByRole('link', { name: '10,000원 입찰하기' }).click();
    await panelOf(page).getByRole('textbox', { name: '입찰가' }).fill('9000');
    await panelOf(page).getByRole('button', { name: '이 금액으로 입찰하기' }).click();
    await panelOf(page).getByRole('alert').getByRole('button', { name: '10,000원 입찰하기' }).click();
    await expect(panelOf(page).getByText('최고 입찰 중')).toBeInViewport();
    await panelOf(page).getByRole('link', { name: '닫기' }).click();
    await expect(panelOf(page)).not.toBeInViewport();
  });
});
