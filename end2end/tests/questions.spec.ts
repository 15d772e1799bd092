// Questions and answers, the list of bids to its end, and what else stands on an auction's page.
import type { Locator, Page } from '@playwright/test';
import { bid, panelOf, won } from './auction-page';
import { expect, forgive, hydrated, signIn, test } from './fixtures';
import { auction, person } from './market';

const MARKUP = '</textarea><script>window.stolen = 1</script><img src=x onerror="window.stolen = 2">&lt;';

function questionsOf(page: Page): Locator {
  return page.getByRole('region', { name: '질문과 답변' });
}

async function ask(page: Page, text: string) {
  await questionsOf(page).getByLabel('판매자에게 물어보기').fill(text);
  await questionsOf(page).getByRole('button', { name: '질문하기' }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a question is asked and answered, and both are told', async ({ page, browser, complaints }) => {
      const [seller, asker] = [person(0, 'seller'), person(0, 'asker')];
      const id = auction({ seller: seller.username });
      const path = `/auctions/${id}`;
      await page.goto(path);
      await questionsOf(page).getByRole('link', { name: '로그인하고 물어보기' }).click();
      await expect(page).toHaveURL(/\/sign-in\?next=/);
      await signIn(page, asker, path);
      if (javaScriptEnabled) await hydrated(page);

      await ask(page, '   ');
      await expect(questionsOf(page).getByText('입력해 주세요.')).toBeVisible();
      await ask(page, '상자도 있나요?');
      await expect(questionsOf(page).getByText('질문을 올렸어요.')).toBeVisible();
      await expect(questionsOf(page).getByText('질문을 올렸어요.')).toBeInViewport();
      const question = questionsOf(page).getByRole('listitem').filter({ hasText: '상자도 있나요?' });
      await expect(question).toContainText('답변 대기');
      await expect(questionsOf(page).getByLabel('판매자에게 물어보기')).toHaveValue('');
      await page.reload();
      await expect(questionsOf(page).getByText('질문을 올렸어요.')).toBeHidden();
      await expect(question).toHaveCount(1);

      const context = await browser.newContext({ javaScriptEnabled });
      const his = await context.newPage();
      await signIn(his, seller, path);
      if (javaScriptEnabled) await hydrated(his);
      await expect(questionsOf(his).getByLabel('판매자에게 물어보기')).toHaveCount(0);
      const asked = questionsOf(his).getByRole('listitem').filter({ hasText: '상자도 있나요?' });
      await asked.locator('summary', { hasText: '답변하기' }).click();
      await asked.getByLabel('답변', { exact: true }).fill('네, 함께 드려요.');
      await asked.getByRole('button', { name: '답변 올리기' }).click();
      await expect(asked).toContainText('네, 함께 드려요.');
      await expect(asked.locator('summary')).toHaveCount(0);
      await context.close();

      await page.goto(path);
      await expect(question).toContainText('네, 함께 드려요.');
      await expect(question).not.toContainText('답변 대기');
      // The form that was sent empty.
      if (javaScriptEnabled) forgive(complaints, 422);
    });
  });
}

test('what is asked and answered stays text', async ({ page, visit }) => {
  const [seller, asker] = [person(0, 'seller'), person(0, 'asker')];
  const id = auction({ seller: seller.username, title: `"><script>window.stolen = 3</script>` });
  const his = await visit(asker, `/auctions/${id}`);
  await ask(his.page, MARKUP);
  await expect(questionsOf(his.page).getByText('window.stolen = 1')).toHaveText(MARKUP);
  const sellers = await visit(seller, `/auctions/${id}`);
  const asked = questionsOf(sellers.page).getByRole('listitem').first();
  await asked.locator('summary').click();
  await asked.getByLabel('답변', { exact: true }).fill(MARKUP);
  await asked.getByRole('button', { name: '답변 올리기' }).click();
  await expect(asked.getByText('window.stolen = 1')).toHaveCount(2);

  const served = (await (await page.goto(`/auctions/${id}`))?.text()) ?? '';
  expect(served).not.toContain('<script>window.stolen');
  await hydrated(page);
  await expect(questionsOf(page).getByText('window.stolen = 1')).toHaveText([MARKUP, MARKUP]);
  await expect(page.locator('img[src=x]')).toHaveCount(0);
  expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
  const title = page.locator('head meta[property="og:title"]');
  await expect(title).toHaveAttribute('content', '"><script>window.stolen = 3</script>');
});

test('an older piece of the bids is a link, and comes in place once the page is alive', async ({ visit }) => {
  const id = auction({ seller: person().username });
  const [ann, ben] = [person(1_000_000, 'ann'), person(1_000_000, 'ben')];
  const a = await visit(ann, `/auctions/${id}`);
  const b = await visit(ben, `/auctions/${id}`);
  const form = (amount: number) => ({
    form: { auction_id: id, amount: String(amount), key: `older-${process.pid}-${amount}` },
  });
  for (let number = 0; number < 24; number += 1) {
    const { request } = number % 2 === 0 ? a.context : b.context;
    expect((await request.post('/api/place_bid', form(10_000 + number * 1_000))).status()).toBe(200);
  }
  const bids = a.page.getByRole('region', { name: /^입찰 기록/ });
  await a.page.reload();
  await hydrated(a.page);
  await expect(bids.getByRole('listitem')).toHaveCount(20);
  const more = bids.getByRole('link', { name: '입찰 더 보기' });
  await expect(more).toHaveAttribute('href', `/auctions/${id}?bids=5#bids`);
  await more.click();
  await expect(bids.getByRole('listitem')).toHaveCount(24);
  await expect(more).toHaveCount(0);
  await expect(a.page).toHaveURL(`/auctions/${id}`);
  await expect(bids.getByRole('listitem').last()).toContainText('나');
  await bid(a.page, 34_000);
  await expect(bids.getByRole('listitem')).toHaveCount(25);

  await a.page.goto(`/auctions/${id}?bids=5#bids`);
  await expect(bids.getByRole('listitem')).toHaveCount(4);
  await expect(bids.getByRole('listitem').first()).toContainText(won(13_000));
  await bids.getByRole('link', { name: '최신 입찰 보기' }).click();
  await expect(bids.getByRole('listitem')).toHaveCount(20);
  for (const senseless of ['bids=abc', 'bids=-1', 'bids=99999999999', 'questions=%00', 'questions=0']) {
    expect((await a.context.request.get(`/auctions/${id}?${senseless}`)).status(), senseless).toBe(200);
  }
});

test('the chart is a table too, and grows with the bids', async ({ visit }) => {
  const id = auction({ seller: person().username });
  const a = await visit(person(100_000, 'ann'), `/auctions/${id}`);
  await a.frames.hear('auction');
  await bid(a.page, 10_000);
  const chart = a.page.getByRole('region', { name: '가격 흐름' });
  await chart.locator('summary', { hasText: '표로 보기' }).click();
  await expect(chart.getByRole('row')).toHaveCount(2);
  const b = await visit(person(100_000, 'ben'), `/auctions/${id}`);
  await bid(b.page, 12_000);
  await expect(chart.getByRole('row')).toHaveCount(3);
  await expect(chart.getByRole('row').nth(1)).toContainText(won(12_000));
  await expect(panelOf(a.page)).toContainText(`+${won(3_000)}부터 다시 앞설 수 있어요`);
  await expect(panelOf(b.page)).toContainText(`${won(12_000)} 예치 중`);
});

test('a seller sees who watches, who bids and how fast, live', async ({ visit }) => {
  const seller = person(0, 'seller');
  const [id, other] = [auction({ seller: seller.username }), auction({ seller: seller.username })];
  const s = await visit(seller, `/auctions/${id}`);
  await s.frames.hear('auction');
  await expect(panelOf(s.page).getByRole('link', { name: '경매 고치기' })).toBeVisible();
  const a = await visit(person(100_000, 'ann'), `/auctions/${id}`);
  await bid(a.page, 10_000);
  await expect(panelOf(s.page).getByRole('definition').filter({ hasText: '0.1' })).toBeVisible();
  await expect(panelOf(s.page).getByRole('link', { name: '경매 고치기' })).toHaveCount(0);
  await expect(panelOf(s.page).locator('summary', { hasText: '마지막 입찰 받기' })).toBeVisible();
  await expect(panelOf(a.page)).not.toContainText('분당 입찰');
  await a.page.getByRole('main').getByRole('button', { name: /^관심: / }).first().click();
  await s.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(panelOf(s.page).getByRole('definition').first()).toHaveText('1');
  const others = a.page.getByRole('region', { name: '이 판매자의 다른 경매' });
  await expect(others.locator(`a[href="/auctions/${other}"]`)).toHaveCount(1);
});

test('an answer to a plain form is not told again on the way back', async ({ page }) => {
  const id = auction({ seller: person().username });
  await signIn(page, person(), `/auctions/${id}`);
  // Sent by the browser itself, before any script runs.
  await questionsOf(page).getByLabel('판매자에게 물어보기').fill('지금 볼 수 있나요?');
  const form = page.locator('form[action="/api/ask"]');
  const answered = page.waitForResponse((answer) => answer.request().isNavigationRequest() && answer.ok());
  await form.evaluate((form: HTMLFormElement) => form.submit());
  await answered;
  await hydrated(page);
  await expect(questionsOf(page).getByText('질문을 올렸어요.')).toBeVisible();
  await page.getByRole('banner').getByRole('link', { name: '사용 가능' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '지갑' })).toBeVisible();
  await page.goBack();
  await expect(questionsOf(page).getByText('지금 볼 수 있나요?')).toBeVisible();
  await expect(questionsOf(page).getByText('질문을 올렸어요.')).toBeHidden();
});

test('only staff take a question away', async ({ visit }) => {
  const [seller, asker] = [person(0, 'seller'), person(0, 'asker')];
  const id = auction({ seller: seller.username });
  const { page, context } = await visit(asker, `/auctions/${id}`);
  await ask(page, '무엇이든 물어봐요');
  await expect(questionsOf(page).getByText('질문을 올렸어요.')).toBeVisible();
  await expect(questionsOf(page).getByRole('link', { name: '질문 숨기기' })).toHaveCount(0);
  const answer = await context.request.get('/api/auction', { params: { id } });
  const { questions } = await answer.json();
  const question_id = String(questions.shown[0].id);
  const hide = { form: { question_id, reason: '그냥', key: 'k' } };
  const refused = await context.request.post('/api/hide_question', hide);
  expect([refused.status(), await refused.json()]).toEqual([403, { refused: 'not_yours' }]);
  for (const [api, form, status] of [
    ['ask', { auction_id: id, question: '하나' }, 422],
    ['ask', { auction_id: 'abc', question: '하나', key: 'k' }, 404],
    ['ask', { auction_id: id, question: 'ㅋ'.repeat(501), key: 'k' }, 422],
    ['answer', { question_id, answer: '내가 답해요' }, 403],
    ['answer', { question_id: '0', answer: '답' }, 404],
  ] as const) {
    const answer = await context.request.post(`/api/${api}`, { form });
    expect(answer.status(), `${api} ${JSON.stringify(form)}`).toBe(status);
  }
  await expect(questionsOf(page).getByRole('listitem')).toHaveCount(1);
});
