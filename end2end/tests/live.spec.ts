// Live prices: what one does, the other sees, without a reload and at once.
import type { WebSocketRoute } from '@playwright/test';
import { askFor, bid, panelOf, priceOf, raiseMaximum, won } from './auction-page';
import { expect, Frames, test, type Visitor } from './fixtures';
import { auction, audit, person, wallet } from './market';

// What "at once" means (product, *Live*), in milliseconds.
const AT_ONCE = { timeout: 1_000 };

async function listening(...visitors: Visitor[]) {
  for (const visitor of visitors) await visitor.frames.hear('auction');
}

test('two people bid on one auction, and each sees the other within a second', async ({ visit, page }) => {
  const title = `나란히 보는 시계 ${process.pid}`;
  const id = auction({ seller: person().username, title });
  const onlooker = new Frames(page);
  await page.goto(`/?q=${encodeURIComponent(title)}`);
  await onlooker.hear('auction', `"id":${id},`);
  const card = page.getByRole('main').getByRole('listitem').filter({ hasText: title });
  const [ann, ben] = [person(100_000, 'ann'), person(100_000, 'ben')];
  const a = await visit(ann, `/auctions/${id}`);
  const b = await visit(ben, `/auctions/${id}`);
  await listening(a, b);
  await expect(priceOf(a.page)).toHaveText('10,000원');

  await (await askFor(a.page, 10_000)).click();
  await expect(panelOf(b.page)).toContainText('입찰 1 · 다음 11,000원부터', AT_ONCE);
  await expect(panelOf(a.page).getByText('최고 입찰 중')).toBeVisible();

  await (await askFor(b.page, 11_000)).click();
  await expect(priceOf(a.page)).toHaveText('11,000원', AT_ONCE);
  await expect(panelOf(a.page).getByText('밀렸어요', { exact: true })).toBeVisible(AT_ONCE);
  await expect(a.page.getByRole('banner').getByRole('link', { name: '밀린 경매 1' })).toBeVisible();

  await (await askFor(a.page, 12_000)).click();
  await expect(priceOf(b.page)).toHaveText('12,000원', AT_ONCE);
  await expect(panelOf(b.page).getByText('밀렸어요', { exact: true })).toBeVisible(AT_ONCE);
  await expect(card).toContainText('12,000원', AT_ONCE);
  await expect(b.page.getByRole('list').filter({ hasText: '12,000원' })).toContainText('11,000원');

  expect(wallet(ann)).toEqual({ available: 88_000, held: 12_000 });
  expect(wallet(ben)).toEqual({ available: 100_000, held: 0 });
  audit();
});

test('who is outbid is told at once on whatever page he is', async ({ visit }) => {
  const id = auction({ seller: person().username, title: '밀리는 라디오' });
  const a = await visit(person(50_000, 'ann'), `/auctions/${id}`);
  const b = await visit(person(50_000, 'ben'), `/auctions/${id}`);
  await listening(a, b);
  await bid(a.page, 20_000);
  await expect(panelOf(a.page).getByText('최고 입찰 중')).toBeVisible();

  await a.page.getByRole('banner').getByRole('link', { name: '사용 가능' }).click();
  await expect(a.page.getByRole('heading', { level: 1, name: '지갑' })).toBeVisible();
  const header = a.page.getByRole('banner');
  await expect(header.getByRole('link', { name: '사용 가능' })).toContainText('30,000원');
  await expect(header.getByRole('link', { name: '밀린 경매' })).toBeHidden();

  await (await askFor(b.page, 21_000)).click();
  await expect(header.getByRole('link', { name: '밀린 경매 1' })).toBeVisible(AT_ONCE);
  await expect(header.getByRole('link', { name: '사용 가능' })).toContainText('50,000원', AT_ONCE);
  await expect(a.page.getByText('밀렸어요. 밀리는 라디오, 지금 21,000원')).toBeVisible(AT_ONCE);
});

test('a bid in the last seconds moves the end on every screen, and then it is over', async ({ visit }) => {
  test.setTimeout(60_000);
  const [ann, ben] = [person(50_000, 'ann'), person(50_000, 'ben')];
  const [a, b] = [await visit(ann, '/'), await visit(ben, '/')];
  const id = auction({ seller: person().username, endsIn: 19, soft: '20/20/300' });
  await Promise.all([a.page.goto(`/auctions/${id}`), b.page.goto(`/auctions/${id}`)]);
  await listening(a, b);
  const clock = panelOf(b.page).getByRole('timer');
  const before = (await clock.getAttribute('datetime')) ?? '';

  await bid(a.page, 10_000);
  for (const { page } of [a, b]) {
    await expect(panelOf(page).getByText('마감 연장됨 +20초')).toBeVisible();
  }
  await expect
    .poll(async () => Date.parse((await clock.getAttribute('datetime')) ?? ''))
    .toBeGreaterThan(Date.parse(before));

  await bid(b.page, 11_000);
  await expect(panelOf(b.page).getByText('낙찰받았어요', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(panelOf(a.page).getByText('다른 분이 낙찰받았어요', { exact: true })).toBeVisible();
  expect(wallet(ben)).toEqual({ available: 39_000, held: 0 });
  expect(wallet(ann)).toEqual({ available: 50_000, held: 0 });
  audit();
});

test('a lost socket comes back with the right price', async ({ visit, complaints }) => {
  const id = auction({ seller: person().username });
  const a = await visit(person(50_000, 'ann'), '/me');
  const b = await visit(person(50_000, 'ben'), `/auctions/${id}`);
  const sockets = new Set<WebSocketRoute>();
  let cut = false;
  await a.page.routeWebSocket(/\/ws$/, (socket) => {
    if (cut) return void socket.close();
    socket.connectToServer();
    sockets.add(socket);
  });
  await a.page.goto(`/auctions/${id}`);
  await listening(b);
  await bid(b.page, 10_000);
  await expect(panelOf(a.page)).toContainText('입찰 1 ·', AT_ONCE);

  cut = true;
  await a.context.setOffline(true);
  for (const socket of sockets) await socket.close();
  await expect(panelOf(a.page).getByText('연결이 끊겨')).toBeVisible();
  await raiseMaximum(b.page, 12_000);
  const c = await visit(person(50_000, 'cho'), `/auctions/${id}`);
  await bid(c.page, 11_000);
  await expect(priceOf(b.page)).toHaveText('12,000원');
  await expect(priceOf(a.page)).toHaveText('10,000원');

  cut = false;
  await a.context.setOffline(false);
  await expect(priceOf(a.page)).toHaveText('12,000원', { timeout: 10_000 });
  await expect(panelOf(a.page).getByText('연결이 끊겨')).toBeHidden();
  await (await askFor(a.page, 13_000)).click();
  await expect(priceOf(b.page)).toHaveText('13,000원', AT_ONCE);
  // The sign beside the words that tell of it is asked for anew.
  const offline = (text: string) => text.includes('ERR_INTERNET_DISCONNECTED');
  expect(complaints.splice(0).filter((text) => !offline(text))).toEqual([]);
  audit();
});

test('what the server is too busy for is asked for again, and moves', async ({ visit }) => {
  const id = auction({ seller: person().username });
  const a = await visit(person(50_000, 'ann'), '/me');
  const b = await visit(person(50_000, 'ben'), `/auctions/${id}`);
  const topic = `auction:${id}`;
  let asked = 0;
  await a.page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      if (!String(frame).includes(`"${topic}"`)) return server.send(frame);
      asked += 1;
      if (asked > 2) return server.send(frame);
      socket.send(JSON.stringify({ type: 'refused', topic, reason: { refused: 'busy' } }));
    });
  });
  await a.page.goto(`/auctions/${id}`);
  // The second time after four seconds at most.
  await expect.poll(() => asked, { timeout: 10_000 }).toBe(3);
  await bid(b.page, 10_000);
  await expect(panelOf(a.page)).toContainText('입찰 1 ·', AT_ONCE);
});

test('an auction of the neighbourhood is not live, and is read again on a press', async ({ visit }) => {
  const id = auction({ seller: person().username, reach: 'neighbourhood' });
  const a = await visit(person(50_000, 'ann'), `/auctions/${id}`);
  const b = await visit(person(50_000, 'ben'), `/auctions/${id}`);
  await a.frames.hear('me');
  await bid(b.page, 15_000);
  await expect(panelOf(b.page).getByText('최고 입찰 중')).toBeVisible();

  await expect(panelOf(a.page)).toContainText(won(10_000));
  await panelOf(a.page).getByRole('link', { name: '다시 확인' }).click();
  await expect(priceOf(a.page)).toHaveText('15,000원');
  for (const { frames } of [a, b]) {
    expect(frames.sent.some((frame) => frame.includes('"topic":"me"'))).toBe(true);
    expect(frames.sent.filter((frame) => frame.includes(`auction:${id}`))).toEqual([]);
  }
});
