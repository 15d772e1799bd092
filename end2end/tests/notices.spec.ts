// My notices: in passing, behind the bell, by groups; what is told how; a browser that lets itself be woken.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { bid } from './auction-page';
import { expect, forgive, signIn, test } from './fixtures';
import { auction, person } from './market';

const AT_ONCE = { timeout: 2_000 };
const bellOf = (page: Page) => page.getByRole('banner').getByRole('link', { name: /알림/ });
const toastsOf = (page: Page) => page.locator('.toasts');

// Ann leads with 10,000 won and looks elsewhere; Ben stands on the auction's page.
async function annLeads(visit: (who: ReturnType<typeof person>, path: string) => Promise<{ page: Page }>) {
  const id = auction({ seller: person().username, title: '소식 라디오' });
  const ann = await visit(person(100_000, 'ann'), `/auctions/${id}`);
  await bid(ann.page, 10_000);
  await expect(ann.page.getByText('최고 입찰 중').first()).toBeVisible();
  const ben = await visit(person(100_000, 'ben'), `/auctions/${id}`);
  return { id, ann: ann.page, ben: ben.page };
}

test('being outbid comes in passing, waits behind the bell, and is read when seen', async ({ visit }) => {
  const { id, ann, ben } = await annLeads(visit);
  await ann.getByRole('banner').getByRole('link', { name: '사용 가능' }).click();
  await expect(ann.getByRole('heading', { level: 1, name: '지갑' })).toBeVisible();
  await expect(bellOf(ann)).toHaveAccessibleName('알림');

  await bid(ben, 11_000);
  await expect(toastsOf(ann).getByText('밀렸어요. 소식 라디오, 지금 11,000원')).toBeVisible(AT_ONCE);
  await expect(toastsOf(ann).locator('.toast')).toHaveCount(1);
  await expect(bellOf(ann)).toHaveAccessibleName('읽지 않은 알림 1건');

  await bellOf(ann).click();
  await expect(ann.getByRole('heading', { level: 1, name: '알림' })).toBeVisible();
  const today = ann.getByRole('main').getByRole('heading', { level: 2, name: '오늘' });
  await expect(today).toBeVisible();
  const row = ann.getByRole('main').getByRole('link', { name: /밀렸어요 · 지금 11,000원/ });
  await expect(row).toHaveAttribute('href', `/auctions/${id}#bid`);
  await expect(bellOf(ann)).toHaveAccessibleName('알림');
  await row.click();
  await expect(ann).toHaveURL(`/auctions/${id}#bid`);
});

test('a war of bids is one toast and one row', async ({ visit }) => {
  const { ann, ben } = await annLeads(visit);
  const away = await ann.context().newPage();
  await away.goto('/wallet');
  await expect(away.locator('html[data-hydrated]')).toBeAttached();
  await bid(ben, 11_000);
  await expect(toastsOf(away).getByText('밀렸어요. 소식 라디오, 지금 11,000원')).toBeVisible(AT_ONCE);
  await bid(ann, 12_000);
  await bid(ben, 13_000);
  await expect(toastsOf(away).getByText('2번 밀렸어요. 소식 라디오, 지금 13,000원')).toBeVisible(AT_ONCE);
  await expect(toastsOf(away).locator('.toast')).toHaveCount(1);
  await away.goto('/notifications');
  await expect(away.getByRole('main').getByRole('link', { name: /밀렸어요/ })).toHaveCount(1);
});

test('a new notice comes into the open page, and groups stand in the address', async ({ visit }) => {
  const seller = person(0, 'seller');
  const id = auction({ seller: seller.username, title: '새 입찰 라디오' });
  const { page, frames } = await visit(seller, '/notifications?group=sales');
  await frames.hear('me');
  await expect(page.getByRole('heading', { level: 2, name: '이 종류의 알림이 없어요' })).toBeVisible();
  const ben = await visit(person(50_000, 'ben'), `/auctions/${id}`);
  await bid(ben.page, 10_000);
  await expect(page.getByRole('main').getByRole('link', { name: /새 입찰이 있어요/ })).toBeVisible(AT_ONCE);
  await page.getByRole('main').getByRole('link', { name: /^대화/ }).click();
  await expect(page).toHaveURL('/notifications?group=talk');
  await expect(page.getByRole('main').getByRole('link', { name: /새 입찰이 있어요/ })).toBeHidden();
  await page.goBack();
  await expect(page.getByRole('main').getByRole('link', { name: /새 입찰이 있어요/ })).toBeVisible();
});

test('what is told how is chosen, and stays chosen', async ({ visit, complaints }) => {
  const { page } = await visit(person(), '/settings/notices');
  const letters = page.getByRole('checkbox', { name: '새 메시지가 왔을 때: 메일' });
  await expect(letters).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: '낙찰받거나 구매했을 때: 메일' })).toBeChecked();
  await letters.check();
  await page.getByRole('checkbox', { name: '정한 시간에는 메일과 푸시를 보내지 않기' }).check();
  await page.getByLabel('시작', { exact: true }).fill('23:00');
  await page.getByLabel('끝', { exact: true }).fill('23:00');
  await page.getByRole('button', { name: '알림 설정 저장' }).click();
  await expect(page.getByText('알림 설정을 저장했어요.')).toBeHidden();
  await expect(page.getByLabel('끝', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('끝', { exact: true }).fill('07:30');
  await page.getByRole('button', { name: '알림 설정 저장' }).click();
  await expect(page.getByText('알림 설정을 저장했어요.')).toBeVisible();
  await page.reload();
  await expect(letters).toBeChecked();
  await expect(page.getByLabel('시작', { exact: true })).toHaveValue('23:00');
  await expect(page.getByLabel('끝', { exact: true })).toHaveValue('07:30');
  // Quiet hours that end when they begin.
  forgive(complaints, 422);
});

test('no toast comes of a kind that somebody turned off', async ({ visit }) => {
  const { ann, ben } = await annLeads(visit);
  await ann.goto('/settings/notices');
  await expect(ann.locator('html[data-hydrated]')).toBeAttached();
  await ann.getByRole('checkbox', { name: '다른 사람이 더 높게 입찰했을 때: 화면' }).uncheck();
  await ann.getByRole('button', { name: '알림 설정 저장' }).click();
  await expect(ann.getByText('알림 설정을 저장했어요.')).toBeVisible();
  await bid(ben, 11_000);
  await expect(bellOf(ann)).toHaveAccessibleName('읽지 않은 알림 1건', AT_ONCE);
  await expect(toastsOf(ann).locator('.toast')).toHaveCount(0);
});

test('a browser lets itself be woken, and sleeps again', async ({ visit, baseURL }) => {
  const { context, page } = await visit(person(), '/me');
  await context.grantPermissions(['notifications'], { origin: baseURL });
  // No push service can be reached from here: the browser's part of it is played.
  await page.addInitScript(() => {
    const kept = () => sessionStorage.getItem('woken') === 'yes';
    const subscription = () => {
      const made = Object.create(PushSubscription.prototype);
      const keys = { p256dh: `B${'a'.repeat(86)}`, auth: 'a'.repeat(22) };
      const endpoint = `https://push.example.org/${location.port}`;
      Object.defineProperty(made, 'endpoint', { value: endpoint });
      made.toJSON = () => ({ endpoint, keys });
      made.unsubscribe = async () => {
        sessionStorage.removeItem('woken');
        return true;
      };
      return made;
    };
    PushManager.prototype.subscribe = async () => {
      sessionStorage.setItem('woken', 'yes');
      return subscription();
    };
    PushManager.prototype.getSubscription = async () => (kept() ? subscription() : null);
  });
  await page.goto('/settings/notices');
  const device = page.getByRole('region', { name: '이 기기의 푸시' });
  await expect(device.getByText('이 기기에서는 푸시를 받지 않아요.')).toBeVisible();
  await device.getByRole('button', { name: '이 기기에서 푸시 켜기' }).click();
  await expect(device.getByText('이 기기에서 푸시를 받고 있어요.')).toBeVisible();
  await page.reload();
  await expect(device.getByText('이 기기에서 푸시를 받고 있어요.')).toBeVisible();
  await expect(device.getByText('푸시를 받는 기기 1대')).toBeVisible();
  await device.getByRole('button', { name: '이 기기에서 푸시 끄기' }).click();
  await expect(device.getByText('이 기기에서는 푸시를 받지 않아요.')).toBeVisible();
  await expect(device.getByText('푸시를 받는 기기 0대')).toBeVisible();
});

test('the service worker is a script of this site that may ask this site alone', async ({ request }) => {
  const answer = await request.get('/sw.js');
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toContain('javascript');
  expect(answer.headers()['content-security-policy']).toBe("default-src 'none'; connect-src 'self'");
  expect((await request.get('/offline.html')).status()).toBe(200);
});

for (const theme of ['light', 'dark'] as const) {
  test(`pages of notices have no violations in the ${theme} theme`, async ({ context, page, baseURL }) => {
    test.setTimeout(60_000);
    await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }]);
    await signIn(page, { username: 'minji', password: 'neighbor-demo' }, '/notifications');
    for (const path of ['/notifications', '/notifications?group=other', '/settings/notices']) {
      await page.goto(path);
      await expect(page.locator('html[data-hydrated]')).toBeAttached();
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${path} ${width} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      }
    }
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('notices are read by the button, and settings are saved', async ({ page }) => {
    const seller = person(0, 'seller');
    const id = auction({ seller: seller.username });
    await signIn(page, person(50_000), `/auctions/${id}`);
    const panel = page.getByRole('region', { name: '입찰', exact: true });
    await panel.getByRole('textbox', { name: '입찰가' }).fill('10000');
    await panel.getByRole('button', { name: '이 금액으로 입찰하기' }).click();
    await expect(panel.getByText('최고 입찰 중')).toBeVisible();
    await page.context().clearCookies();

    await signIn(page, seller, '/notifications');
    await expect(page.getByRole('main').getByRole('link', { name: /새 입찰이 있어요/ })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: '새 소식' })).toHaveCount(1);
    await page.reload();
    await expect(page.getByRole('listitem').filter({ hasText: '새 소식' })).toHaveCount(1);
    await page.getByRole('button', { name: '모두 읽음' }).click();
    await expect(page.getByText('모두 읽은 것으로 표시했어요.')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: '새 소식' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: '모두 읽음' })).toBeHidden();

    await page.getByRole('link', { name: '알림 설정' }).click();
    const pushes = page.getByRole('checkbox', { name: '내 물건이 팔렸을 때: 푸시' });
    await pushes.uncheck();
    await page.getByRole('checkbox', { name: '정한 시간에는 메일과 푸시를 보내지 않기' }).check();
    await page.getByLabel('끝', { exact: true }).fill('22:00');
    await page.getByRole('button', { name: '알림 설정 저장' }).click();
    await expect(page.getByLabel('끝', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('끝', { exact: true })).toHaveValue('22:00');
    await expect(pushes).not.toBeChecked();
    await page.getByLabel('끝', { exact: true }).fill('06:00');
    await page.getByRole('button', { name: '알림 설정 저장' }).click();
    await expect(page.getByText('알림 설정을 저장했어요.')).toBeVisible();
    await expect(pushes).not.toBeChecked();
    await expect(page.getByLabel('끝', { exact: true })).toHaveValue('06:00');
  });
});
