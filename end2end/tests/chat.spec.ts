// Talk between the seller and the winner of a sale: live, with read marks, pictures, blocks and reports.
import AxeBuilder from '@axe-core/playwright';
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, forgive, hydrated, signIn, test as base } from './fixtures';
import { auction, person, type Person } from './market';

// What "at once" means (product, *Live*), in milliseconds.
const AT_ONCE = { timeout: 1_000 };

const PICTURE = {
  name: 'bicycle.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

type Sale = { id: string; title: string; seller: Person; buyer: Person };

type Fixtures = { as: (person: Person) => Promise<APIRequestContext>; sold: Sale };

const test = base.extend<Fixtures>({
  // Requests of somebody who is signed in, without a page.
  as: async ({ playwright, baseURL }, use) => {
    const contexts: APIRequestContext[] = [];
    await use(async (person) => {
      const context = await playwright.request.newContext({ baseURL });
      contexts.push(context);
      await context.post('/api/sign_in', { form: { ...person } });
      return context;
    });
    await Promise.all(contexts.map((context) => context.dispose()));
  },
  // Something that was sold a moment ago.
  sold: async ({ as }, use) => {
    const [seller, buyer] = [person(0, 'seller'), person(100_000, 'buyer')];
    const title = `팔린 자전거 ${seller.username}`;
    const id = auction({ seller: seller.username, buyNow: 20_000, title });
    const form = { auction_id: id, price: 20_000, key: `buy-${id}` };
    const bought = await (await as(buyer)).post('/api/buy_now', { form });
    expect(bought.status(), await bought.text()).toBe(200);
    await use({ id, title, seller, buyer });
  },
});

const messages = (page: Page) => page.getByRole('region', { name: '메시지' }).getByRole('listitem');
const field = (page: Page) => page.getByRole('textbox', { name: '메시지' });

async function say(page: Page, text: string) {
  await field(page).fill(text);
  await field(page).press('Enter');
  await expect(field(page)).toHaveValue('');
}

test('two people talk, see it at once, and see that it was read', async ({ visit, sold }) => {
  const { id, title, seller, buyer } = sold;
  const s = await visit(seller, '/');
  const b = await visit(buyer, `/chat/${id}`);
  await b.frames.hear('chat');
  await s.frames.hear('me');
  await expect(b.page.getByRole('link', { name: title })).toContainText('20,000원');

  await say(b.page, '안녕하세요');
  await field(b.page).fill('오늘 저녁');
  await field(b.page).press('Shift+Enter');
  await field(b.page).pressSequentially('어떠세요?');
  await b.page.getByRole('button', { name: '보내기', exact: true }).click();
  await expect(messages(b.page).last()).toContainText('오늘 저녁\n어떠세요?');
  await expect(messages(b.page).getByText('읽음')).toBeHidden();
  const header = s.page.getByRole('banner');
  await expect(header.getByRole('link', { name: '대화, 안 읽은 메시지 2' })).toBeVisible(AT_ONCE);

  await header.getByRole('link', { name: '대화, 안 읽은 메시지 2' }).click();
  const row = s.page.getByRole('main').getByRole('listitem').filter({ hasText: title });
  await expect(row).toContainText('안 읽은 메시지 2');
  await row.getByRole('link').click();
  await expect(messages(s.page).filter({ hasText: '안녕하세요' })).toBeVisible();
  await expect(messages(b.page).last()).toContainText('읽음', AT_ONCE);
  await expect(header.getByRole('link', { name: '대화', exact: true })).toBeVisible();

  await s.frames.hear('chat');
  await say(s.page, '네, 좋아요');
  await expect(messages(b.page).last()).toContainText('네, 좋아요', AT_ONCE);
  await expect(b.page.getByRole('status').filter({ hasText: '네, 좋아요' })).toBeAttached();
  await expect(messages(s.page).last()).toContainText('읽음', AT_ONCE);
});

test('a picture is sent as soon as it is chosen, and opens large', async ({ visit, sold }) => {
  const { id, seller, buyer } = sold;
  const [s, b] = [await visit(seller, `/chat/${id}`), await visit(buyer, `/chat/${id}`)];
  await s.frames.hear('chat');
  await b.page.getByLabel('사진 보내기').setInputFiles(PICTURE);
  for (const page of [b.page, s.page]) {
    const small = /^\/pictures\/[0-9a-f]{64}-800\.jpg$/;
    await expect(messages(page).getByRole('img')).toHaveAttribute('src', small);
  }
  await expect(messages(s.page).getByRole('link').first()).toHaveAttribute('href', /-1600\.jpg$/);
});

test('what did not arrive is said, kept, and never sent by itself', async ({ visit, complaints, sold }) => {
  const { id, seller, buyer } = sold;
  const [s, b] = [await visit(seller, `/chat/${id}`), await visit(buyer, `/chat/${id}`)];
  await s.frames.hear('chat');
  // The server hears it and its answer is lost: the next try is the same message.
  let lost = 0;
  await b.page.route('**/api/send_message', async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort();
  });
  await field(b.page).fill('한 번만');
  await field(b.page).press('Enter');
  await expect(b.page.getByRole('alert')).toContainText('나중에 저절로 보내지 않아요');
  await expect(field(b.page)).toHaveValue('한 번만');
  await field(b.page).press('Enter');
  await expect(field(b.page)).toHaveValue('');
  await expect(messages(b.page).filter({ hasText: '한 번만' })).toHaveCount(1);
  await expect(messages(s.page).filter({ hasText: '한 번만' })).toHaveCount(1);
  const failed = (text: string) => text.includes('ERR_FAILED');
  expect(complaints.splice(0).filter((text) => !failed(text))).toEqual([]);
});

test('older messages come by scrolling up', async ({ visit, as, sold }) => {
  const { id, seller, buyer } = sold;
  const market = await as(buyer);
  for (let number = 1; number <= 45; number += 1) {
    const form = { auction_id: id, text: `메시지 ${number}번`, key: `${id}-${number}` };
    const sent = await market.post('/api/send_message', { form });
    expect(sent.status()).toBe(200);
  }
  const s = await visit(seller, `/chat/${id}`);
  await expect(s.page.getByText('메시지 45번')).toBeInViewport();
  await expect(s.page.getByText('메시지 5번')).toBeHidden();
  const log = s.page.getByRole('region', { name: '메시지' });
  await log.evaluate((log) => log.scrollTo(0, -log.scrollHeight));
  await expect(s.page.getByText('메시지 1번', { exact: true })).toBeAttached();
  await expect(messages(s.page).filter({ hasText: '번' })).toHaveCount(45);
});

test('who is blocked cannot write, and both can read what was said', async ({ visit, complaints, sold }) => {
  const { id, seller, buyer } = sold;
  const [s, b] = [await visit(seller, `/chat/${id}`), await visit(buyer, `/chat/${id}`)];
  await b.frames.hear('chat');
  await say(b.page, '안녕하세요');
  await s.page.getByText('안전한 거래').click();
  await s.page.getByText('차단', { exact: true }).click();
  await s.page.getByRole('button', { name: /차단하기$/ }).click();
  await expect(s.page.getByText('지난 대화는 볼 수 있어요.')).toBeVisible();
  await field(b.page).fill('계세요?');
  await field(b.page).press('Enter');
  await expect(b.page.getByText('지난 대화는 볼 수 있어요.')).toBeVisible();
  await expect(messages(b.page).filter({ hasText: '안녕하세요' })).toBeVisible();
  await s.page.getByRole('button', { name: '차단 풀기' }).click();
  await expect(field(s.page)).toBeVisible();
  expect(complaints.splice(0)).toEqual([expect.stringContaining('status of 403')]);
});

test('nobody else reads a conversation', async ({ visit, page, complaints, sold }) => {
  const { id } = sold;
  await page.goto(`/chat/${id}`);
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(`/chat/${id}`)}`);
  const stranger = await visit(person(), '/');
  const answer = await stranger.page.goto(`/chat/${id}`);
  expect(answer?.status()).toBe(403);
  await expect(stranger.page.getByText('내 것이 아니어서 할 수 없어요.')).toBeVisible();
  const nowhere = await stranger.page.goto('/chat/99999999');
  expect(nowhere?.status()).toBe(404);
  complaints.splice(0);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a message is reported once, and the form says so', async ({ page, as, sold, complaints }) => {
      const { id, seller, buyer } = sold;
      const form = { auction_id: id, text: '<b>계좌로 보내요</b>', key: id };
      await (await as(seller)).post('/api/send_message', { form });
      await signIn(page, buyer, `/chat/${id}`);
      if (javaScriptEnabled) await hydrated(page);
      await page.getByRole('link', { name: '이 메시지 신고' }).click();
      await expect(page.getByRole('heading', { level: 1, name: '신고하기' })).toBeVisible();
      await expect(page.getByText('<b>계좌로 보내요</b>')).toBeVisible();
      if (javaScriptEnabled) await hydrated(page);
      await page.getByRole('radio', { name: '다른 이유예요' }).check();
      await page.getByRole('button', { name: '신고 보내기' }).click();
      await expect(page.getByText('입력해 주세요.')).toBeVisible();
      await page.getByLabel('자세한 내용').fill('계좌 이체를 권해요');
      await page.getByRole('button', { name: '신고 보내기' }).click();
      await expect(page.getByText('신고를 받았어요.')).toBeVisible();
      await page.reload();
      await expect(page.getByText('이미 신고했어요.')).toBeVisible();
      // The form that was sent without its text.
      if (javaScriptEnabled) forgive(complaints, 422);
    });
  });
}

test.describe('where scripts are off', () => {
  test.use({ javaScriptEnabled: false });

  test('the chat says that it is not live, and a message is sent all the same', async ({ page, sold }) => {
    const { id, buyer } = sold;
    await signIn(page, buyer, `/chat/${id}`);
    await expect(page.getByText('스크립트가 켜져 있어야 해요.')).toBeVisible();
    await page.getByRole('button', { name: '보내기', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('입력해 주세요.');
    await field(page).fill('<script>window.stolen = 1</script>');
    await page.getByRole('button', { name: '보내기', exact: true }).click();
    await expect(messages(page).last()).toContainText('<script>window.stolen = 1</script>');
    await expect(page.getByText('대화의 시작이에요.')).toBeVisible();
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`the pages of talk have no violations in the ${theme} theme`, async ({ visit, baseURL, sold }) => {
    const { id, seller, buyer } = sold;
    const { context, page, frames } = await visit(buyer, `/chat/${id}`);
    await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }]);
    await frames.hear('chat');
    await say(page, '안녕하세요');
    const other = await visit(seller, `/chat/${id}`);
    await other.frames.hear('chat');
    await say(other.page, '네, 안녕하세요');
    await page.goto(`/chat/${id}`);
    await hydrated(page);
    const flag = page.getByRole('link', { name: '이 메시지 신고' });
    const report = (await flag.getAttribute('href')) ?? '';
    for (const path of ['/chat', `/chat/${id}`, report]) {
      await page.goto(path);
      await hydrated(page);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.target)}`);
        expect(found, `${path} ${width}`).toEqual([]);
      }
    }
  });
}
