// Selling: the form with its pictures, the draft that waits, changing what is open, listing it again.
import type { Page } from '@playwright/test';
import { panelOf } from './auction-page';
import { expect, forgive, hydrated, signIn, test } from './fixtures';
import { auction, audit, person } from './market';
import { png } from './png';
import { choose, fill, names, openForm, pictures } from './sell-page';

const RED = png('빨강.png', [200, 40, 40]);
const GREEN = png('초록.png', [40, 160, 90]);

// The first bid, by somebody else and without a page.
async function bidBy(bidder: ReturnType<typeof person>, id: string, amount: number, baseURL?: string) {
  const { request } = await import('@playwright/test');
  const market = await request.newContext({ baseURL });
  await market.post('/api/sign_in', { form: { ...bidder } });
  const form = { auction_id: id, amount: String(amount), key: `selling-${process.pid}-${id}` };
  const answer = await market.post('/api/place_bid', { form });
  expect(answer.status(), await answer.text()).toBe(200);
  await market.dispose();
}

const idOf = (page: Page) => new URL(page.url()).pathname.split('/')[2] ?? '';

test('a thing is put up with pictures in their order, and looks as the preview said', async ({ page }) => {
  await signIn(page, person(), '/sell');
  await hydrated(page);
  await choose(page).setInputFiles([RED, GREEN]);
  await expect(pictures(page)).toHaveCount(2);
  const [red, green] = (await names(page).inputValue()).split(',');
  await page.getByRole('button', { name: '사진 2 앞으로' }).click();
  await expect(page.getByRole('status').filter({ hasText: '1번째로 옮겼어요.' })).toBeAttached();
  await expect(names(page)).toHaveValue(`${green},${red}`);

  await fill(page, '라이카 M3', '10500');
  await page.getByLabel('즉시 구매가').focus();
  await expect(page.getByText('입찰 단위의 배수로 입력해 주세요.')).toBeVisible();
  await page.getByRole('button', { name: '11,000원', exact: true }).click();
  await expect(page.getByLabel('시작가')).toHaveValue('11,000');
  await expect(page.getByText('입찰 단위의 배수로 입력해 주세요.')).toBeHidden();
  await page.getByRole('radio', { name: '7일', exact: true }).check();
  await page.getByRole('radio', { name: '세 가지 값을 초로 적어요.' }).check();
  await page.getByLabel('마감 전').fill('5');
  await page.getByLabel('늘어나는 시간').fill('30');
  await page.getByLabel('최대 연장').fill('600');
  await page.getByLabel('제목').focus();
  await expect(page.getByText('마감 연장 값이 범위를 벗어났어요.')).toBeVisible();
  await page.getByLabel('마감 전').fill('30');

  const preview = page.getByRole('complementary', { name: '이렇게 보여요' });
  await expect(preview.getByText('라이카 M3').locator('visible=true')).toHaveClass('card-title');
  await preview.getByRole('radio', { name: '상세 화면에서' }).check();
  await expect(preview.locator(`img[src*="${green}"]`).locator('visible=true')).toHaveCount(1);
  await expect(preview.getByText('1,000원', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: '11,000원부터 경매 열기' }).click();
  await expect(page).toHaveURL(/\/auctions\/\d+$/);
  await expect(page.getByRole('heading', { level: 1, name: '라이카 M3' })).toBeVisible();
  await expect(page.locator('.gallery img').first()).toHaveAttribute('src', new RegExp(green ?? 'none'));
  audit();
});

test('a file that is no picture says so, and the form waits for nothing', async ({ page, complaints }) => {
  await signIn(page, person(), '/sell');
  await hydrated(page);
  const fake = { name: '사진.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('MZ\x90\0not a picture') };
  await choose(page).setInputFiles([fake]);
  await expect(page.getByText('JPEG, PNG, WebP 사진만 올릴 수 있어요.')).toBeVisible();
  const huge = { name: '큰.png', mimeType: 'image/png', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) };
  await choose(page).setInputFiles([huge]);
  await expect(page.getByText('사진은 10MB까지 올릴 수 있어요.')).toBeVisible();
  await expect(names(page)).toHaveValue('');
  await page.getByRole('button', { name: '사진 1 빼기' }).click();
  await page.getByRole('button', { name: '사진 1 빼기' }).click();
  await choose(page).setInputFiles([RED]);
  await expect(pictures(page)).toHaveCount(1);
  await choose(page).setInputFiles([RED]);
  await expect(page.getByText('이미 올린 사진이에요.')).toBeVisible();
  await fill(page, '사진이 하나');
  await openForm(page);
  await expect(page).toHaveURL(/\/auctions\/\d+$/);
  forgive(complaints, 422);
});

test('pictures are dropped and pasted', async ({ page }) => {
  await signIn(page, person(), '/sell');
  await hydrated(page);
  const give = async (kind: 'drop' | 'paste', { name, mimeType, buffer }: typeof RED) => {
    const bytes = buffer.toString('base64');
    await page.evaluate(
      ({ kind, name, mimeType, bytes }) => {
        const data = new DataTransfer();
        const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
        data.items.add(new File([content], name, { type: mimeType }));
        const target = document.querySelector('.photo-drop');
        const shared = { bubbles: true, cancelable: true };
        if (kind === 'drop') target?.dispatchEvent(new DragEvent('drop', { ...shared, dataTransfer: data }));
        else document.dispatchEvent(new ClipboardEvent('paste', { ...shared, clipboardData: data }));
      },
      { kind, name, mimeType, bytes },
    );
  };
  await give('drop', RED);
  await expect(pictures(page)).toHaveCount(1);
  await give('paste', GREEN);
  await expect(pictures(page)).toHaveCount(2);
});

test('what is typed waits for its return', async ({ page }) => {
  const seller = person();
  await signIn(page, seller, '/sell');
  await hydrated(page);
  await page.getByLabel('제목').fill('쓰다 만 글');
  await page.getByLabel('설명').fill('여기까지\n썼어요');
  await expect(page.getByText('임시 저장했어요')).toBeVisible();
  await page.getByLabel('시작가').fill('33,000');
  // Left by a link before the pause is over.
  await page.getByRole('banner').getByRole('link', { name: '이웃입찰' }).first().click();
  await expect(page).toHaveURL('/');

  await page.context().clearCookies();
  await signIn(page, seller, '/sell');
  await expect(page.getByRole('heading', { name: '쓰던 글이 있어요' })).toBeVisible();
  await expect(page.getByText('쓰다 만 글')).toBeVisible();
  await hydrated(page);
  await page.getByRole('link', { name: '이어서 쓰기' }).click();
  await expect(page.getByLabel('제목')).toHaveValue('쓰다 만 글');
  await expect(page.getByLabel('설명')).toHaveValue('여기까지\n썼어요');
  await expect(page.getByLabel('시작가')).toHaveValue('33,000');
  await fill(page, '다 쓴 글', '33000');
  await openForm(page);
  await expect(page).toHaveURL(/\/auctions\/\d+$/);
  await page.goto('/sell');
  await expect(page.getByLabel('제목')).toHaveValue('');

  await hydrated(page);
  await page.getByLabel('제목').fill('버릴 글');
  await expect(page.getByText('임시 저장했어요')).toBeVisible();
  await page.reload();
  await hydrated(page);
  await page.getByRole('button', { name: '새로 쓰기' }).click();
  await expect(page.getByLabel('제목')).toHaveValue('');
});

test('all of it can be changed until the first bid', async ({ page, baseURL, complaints }) => {
  const seller = person();
  const id = auction({ seller: seller.username, title: '고칠 물건' });
  await signIn(page, seller, `/auctions/${id}`);
  await hydrated(page);
  await panelOf(page).getByRole('link', { name: '경매 고치기' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '경매 고치기' })).toBeVisible();
  await expect(page.getByLabel('제목')).toHaveValue('고칠 물건');
  await expect(page.getByText('시작했어요. 바꿀 수 없어요.')).toBeVisible();
  await page.getByLabel('제목').fill('고친 물건');
  await page.getByLabel('시작가').fill('20000');
  await choose(page).setInputFiles([RED]);
  await expect(pictures(page)).toHaveCount(1);
  await page.getByRole('button', { name: '고친 내용 저장하기' }).click();
  await expect(page).toHaveURL(`/auctions/${id}`);
  await expect(page.getByRole('heading', { level: 1, name: '고친 물건' })).toBeVisible();
  await expect(panelOf(page).locator('output')).toHaveText('20,000원');

  await page.goto(`/auctions/${id}/edit`);
  await hydrated(page);
  await bidBy(person(100_000), id, 20_000, baseURL);
  await page.getByLabel('제목').fill('늦은 생각');
  await page.getByRole('button', { name: '고친 내용 저장하기' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '입찰이 있어' })).toBeVisible();
  forgive(complaints, 409);

  await page.goto(`/auctions/${id}/edit`);
  await hydrated(page);
  await expect(page.getByLabel('제목')).toHaveCount(0);
  await page.getByLabel('추가 설명').fill('상자도 드려요');
  await choose(page).setInputFiles([GREEN]);
  await expect(pictures(page)).toHaveCount(2);
  await page.getByRole('button', { name: '덧붙이기' }).click();
  await expect(page).toHaveURL(`/auctions/${id}`);
  await expect(page.getByText('상자도 드려요')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: '고친 물건' })).toBeVisible();
  audit();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the form is kept by a button, and a refused one comes back whole', async ({ page }) => {
    await signIn(page, person(), '/sell');
    const story = '긴 이야기. '.repeat(700).trim();
    await page.getByLabel('제목').fill('손으로 짠 바구니');
    await page.getByLabel('설명').fill(story);
    await page.getByRole('button', { name: '임시 저장' }).click();
    await expect(page.getByText('임시 저장했어요')).toBeVisible();
    await expect(page.getByLabel('제목')).toHaveValue('손으로 짠 바구니');
    await page.goto('/sell');
    await page.getByRole('link', { name: '이어서 쓰기' }).click();
    await expect(page.getByLabel('설명')).toHaveValue(story);

    await fill(page, '손으로 짠 바구니', '10500');
    await openForm(page);
    await expect(page.getByText('가까운 금액: 10,000원 · 11,000원')).toBeVisible();
    await expect(page.getByLabel('설명')).toHaveValue(story);
    await page.getByLabel('시작가').fill('11000');
    await openForm(page);
    await expect(page).toHaveURL(/\/auctions\/\d+$/);
    await page.goto('/sell');
    await expect(page.getByLabel('제목')).toHaveValue('');
  });

  test('pictures come afterwards, additions too, and it is listed again', async ({ page, baseURL }) => {
    await signIn(page, person(), '/sell');
    await fill(page, '나중에 찍을 물건');
    await openForm(page);
    await expect(page).toHaveURL(/\/auctions\/\d+$/);
    const id = idOf(page);
    await page.goto(`/auctions/${id}/edit`);
    await page.locator('#plain-picture').setInputFiles([RED]);
    await page.getByRole('button', { name: '사진 올리기' }).click();
    await expect(page.getByText('사진을 올렸어요.')).toBeVisible();
    await expect(pictures(page)).toHaveCount(1);
    await page.getByLabel('시작가').fill('15,000');
    await page.getByRole('button', { name: '고친 내용 저장하기' }).click();
    await expect(page).toHaveURL(`/auctions/${id}`);
    await expect(panelOf(page).locator('output')).toHaveText('15,000원');
    await expect(page.locator('.gallery img').first()).toHaveAttribute('src', /\/pictures\//);

    await bidBy(person(100_000), id, 15_000, baseURL);
    await page.goto(`/auctions/${id}/edit`);
    await page.getByLabel('추가 설명').fill('끈이 새것이에요');
    await page.getByRole('button', { name: '덧붙이기' }).click();
    await expect(page).toHaveURL(`/auctions/${id}`);
    await expect(page.getByText('끈이 새것이에요')).toBeVisible();
  });

  test('an unsold thing is listed again in one tap, or with changes', async ({ page }) => {
    await signIn(page, person(), '/sell');
    await fill(page, '다시 올릴 물건', '12000');
    await openForm(page);
    await expect(page).toHaveURL(/\/auctions\/\d+$/);
    const id = idOf(page);
    await panelOf(page).locator('summary', { hasText: '취소' }).click();
    await panelOf(page).getByRole('button', { name: '취소' }).click();
    await page.goto(`/auctions/${id}/edit`);
    await expect(page.getByText('끝난 경매라 고칠 수 없어요.')).toBeVisible();
    await page.getByRole('link', { name: '고쳐서 다시 올리기' }).click();
    await expect(page.getByLabel('제목')).toHaveValue('다시 올릴 물건');
    await expect(page.getByRole('radio', { name: '3일' })).toBeChecked();
    await page.goto(`/auctions/${id}/edit`);
    await page.getByRole('button', { name: '다시 올리기' }).click();
    await expect(page).toHaveURL(/\/auctions\/\d+$/);
    expect(idOf(page)).not.toBe(id);
    await expect(page.getByRole('heading', { level: 1, name: '다시 올릴 물건' })).toBeVisible();
    await expect(panelOf(page).locator('output')).toHaveText('12,000원');
    audit();
  });
});
