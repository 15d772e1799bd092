// Requests that no page of ours would send: each has a clear answer, and nothing is written.
import type { APIRequestContext, APIResponse } from '@playwright/test';
import { expect, test as base } from './fixtures';
import { auction, audit, person, wallet, type Person } from './market';

type Fields = Record<string, string>;

const test = base.extend<{ as: (person: Person) => Promise<APIRequestContext> }>({
  // A program that has signed in.
  as: async ({ playwright, baseURL }, use) => {
    const contexts: APIRequestContext[] = [];
    await use(async ({ username, password }) => {
      const context = await playwright.request.newContext({ baseURL });
      contexts.push(context);
      const answer = await context.post('/api/sign_in', { form: { username, password } });
      expect(answer.ok()).toBe(true);
      return context;
    });
    await Promise.all(contexts.map((context) => context.dispose()));
  },
});

let keys = 0;
const key = () => `key-${process.pid}-${(keys += 1)}`;

function placeBid(who: APIRequestContext, fields: Fields): Promise<APIResponse> {
  return who.post('/api/place_bid', { form: { key: key(), ...fields } });
}

async function expectRefusal(answer: APIResponse, status: number, refused: string, why = '') {
  expect(answer.status(), `${refused} ${why}`).toBe(status);
  expect(await answer.json(), why).toMatchObject({ refused });
}

async function bidsOn(who: APIRequestContext, id: string): Promise<{ count: number; price: number }> {
  const answer = await who.get('/api/auction', { params: { id } });
  const { state } = await answer.json();
  return { count: state.bid_count, price: Number(state.price) };
}

test('s6 an amount that is none is refused', async ({ as }) => {
  const id = auction({ seller: person().username });
  const bidder = person(100_000);
  const who = await as(bidder);
  const amounts = ['abc', '0', '-1', '1000.9', '1000000000001', '', '1e5', '９', '9'.repeat(40), 'NaN'];
  for (const amount of amounts) {
    const answer = await placeBid(who, { auction_id: id, amount });
    await expectRefusal(answer, 422, 'invalid_amount', amount);
  }
  const offGrid = await placeBid(who, { auction_id: id, amount: '10500' });
  await expectRefusal(offGrid, 422, 'off_grid');
  const low = await placeBid(who, { auction_id: id, amount: '9000' });
  expect([low.status(), await low.json()]).toEqual([409, { refused: 'bid_too_low', min: 10_000 }]);
  const dear = await placeBid(who, { auction_id: id, amount: '101000' });
  await expectRefusal(dear, 409, 'insufficient_funds');

  expect(await bidsOn(who, id)).toEqual({ count: 0, price: 0 });
  expect(wallet(bidder)).toEqual({ available: 100_000, held: 0 });
  for (const amount of ['abc', '0', '-1', '1000.9', '10000001']) {
    const answer = await who.post('/api/deposit', { form: { amount, key: key() } });
    expect(answer.status(), amount).toBe(422);
  }
  expect(wallet(bidder)).toEqual({ available: 100_000, held: 0 });
  audit();
});

test('what does not exist is not found', async ({ as }) => {
  const who = await as(person(100_000));
  for (const id of ['abc', '', '0', '-1', '999999999', '99999999999999999999', "1' or '1'='1"]) {
    await expectRefusal(await placeBid(who, { auction_id: id, amount: '10000' }), 404, 'not_found', id);
    await expectRefusal(await who.get('/api/auction', { params: { id } }), 404, 'not_found', id);
    for (const act of ['buy_now', 'call_last_bids', 'cancel_auction', 'make_national', 'confirm_handover']) {
      const answer = await who.post(`/api/${act}`, { form: { auction_id: id, key: key() } });
      await expectRefusal(answer, 404, 'not_found', `${act} ${id}`);
    }
  }
  expect((await who.post('/api/no_such_thing', { form: { a: 'b' } })).status()).toBe(404);
});

test('a form sent twice acts once, and its key serves nothing else', async ({ as }) => {
  const id = auction({ seller: person().username });
  const [bidder, other] = [person(100_000), person(100_000)];
  const who = await as(bidder);
  const form = { auction_id: id, amount: '10000', key: key() };

  const first = await placeBid(who, form);
  const again = await placeBid(who, form);
  const elsewhere = await placeBid(await as(bidder), form);
  expect([first.status(), again.status(), elsewhere.status()]).toEqual([200, 200, 200]);
  const { ok } = await first.json();
  expect([(await again.json()).ok, (await elsewhere.json()).ok]).toEqual([ok, ok]);
  await expectRefusal(await placeBid(who, { ...form, amount: '20000' }), 409, 'key_reused');
  await expectRefusal(await placeBid(who, { ...form, key: '' }), 422, 'malformed', 'no key');
  const without = await who.post('/api/place_bid', { form: { auction_id: id, amount: '20000' } });
  await expectRefusal(without, 422, 'malformed', 'no key at all');
  expect(await bidsOn(who, id)).toEqual({ count: 1, price: 10_000 });
  expect(wallet(bidder)).toEqual({ available: 90_000, held: 10_000 });

  // Keys are each person's own: the same one of somebody else is a bid of his own.
  const his = await as(other);
  expect((await placeBid(his, { ...form, amount: '11000' })).status()).toBe(200);
  expect(await bidsOn(who, id)).toEqual({ count: 2, price: 11_000 });
  expect(wallet(bidder)).toEqual({ available: 100_000, held: 0 });
  const mine = await (await his.get('/api/wallet')).json();
  expect([Number(mine.available), Number(mine.held)]).toEqual([89_000, 11_000]);

  const deposit = { amount: '5000', key: key() };
  const answers = await Promise.all([1, 2, 3].map(() => who.post('/api/deposit', { form: deposit })));
  expect(answers.map((answer) => answer.status())).toEqual([200, 200, 200]);
  expect(wallet(bidder)).toEqual({ available: 105_000, held: 0 });
  audit();
});

test('nothing is done for who is not signed in, nor in the name of another', async ({ as, request }) => {
  const seller = person();
  const id = auction({ seller: seller.username });
  const form = { auction_id: id, amount: '10000', key: key() };
  await expectRefusal(await placeBid(request, form), 401, 'no_session');
  await expectRefusal(await request.get('/api/wallet'), 401, 'no_session');
  await expectRefusal(await request.get('/api/mine'), 401, 'no_session');
  await expectRefusal(await request.post('/api/deposit', { form }), 401, 'no_session');

  await expectRefusal(await placeBid(await as(seller), form), 403, 'seller_cannot_bid');
  const stranger = await as(person(100_000));
  for (const act of ['call_last_bids', 'cancel_auction', 'make_national']) {
    const answer = await stranger.post(`/api/${act}`, { form: { auction_id: id } });
    await expectRefusal(answer, 403, 'not_yours', act);
  }

  // A session that was ended opens nothing, though a browser may still send it.
  const { cookies } = await stranger.storageState();
  const session = cookies.find(({ name }) => name.includes('session'));
  const headers = { cookie: `${session?.name}=${session?.value}` };
  expect((await request.get('/api/wallet', { headers })).status()).toBe(200);
  await stranger.post('/api/sign_out');
  await expectRefusal(await request.get('/api/wallet', { headers }), 401, 'no_session');
  await expectRefusal(await request.post('/api/place_bid', { form, headers }), 401, 'no_session');
  const wrong = { username: seller.username, password: 'not the password' };
  await expectRefusal(await request.post('/api/sign_in', { form: wrong }), 401, 'wrong_credentials');
  expect(await bidsOn(request, id)).toEqual({ count: 0, price: 0 });
});

test('s3 forms of other sites, huge ones and reads change nothing', async ({ as }) => {
  const id = auction({ seller: person().username });
  const bidder = person(100_000);
  const who = await as(bidder);
  const form = { auction_id: id, amount: '10000', key: key() };
  for (const origin of ['https://elsewhere.example', 'null']) {
    const answer = await who.post('/api/place_bid', { form, headers: { origin } });
    expect(answer.status(), origin).toBe(403);
  }
  const forged = await who.post('/api/deposit', { form, headers: { 'sec-fetch-site': 'cross-site' } });
  expect(forged.status()).toBe(403);

  const huge = { ...form, padding: 'x'.repeat(70_000) };
  expect((await who.post('/api/place_bid', { form: huge })).status()).toBe(413);
  const plain = await who.post('/api/place_bid', { form: huge, headers: { accept: 'text/html' } });
  expect(plain.status()).toBe(413);
  const notUtf8 = { data: Buffer.from([0xff, 0xfe, 0x00]), headers: { 'content-type': 'application/json' } };
  const unread = await who.post('/api/place_bid', notUtf8);
  expect(unread.status()).toBeGreaterThanOrEqual(400);
  expect(unread.status()).toBeLessThan(500);

  const acts = ['place_bid', 'deposit', 'buy_now', 'open_auction', 'sign_out', 'sign_up', 'toggle_watch'];
  for (const act of acts) {
    const answer = await who.get(`/api/${act}`, { params: form, maxRedirects: 0 });
    expect([404, 405], act).toContain(answer.status());
  }
  expect((await who.get('/api/wallet')).status(), 'still signed in').toBe(200);
  expect(await bidsOn(who, id)).toEqual({ count: 0, price: 0 });
  expect(wallet(bidder)).toEqual({ available: 100_000, held: 0 });
  audit();
});

test('s1 addresses that cannot be read are answered with a page', async ({ as, request }) => {
  const hint = '읽을 수 없는 조건은 빼고 보여드려요.';
  for (const query of [
    'min_price=abc',
    'min_price=-1&max_price=1e9',
    'region=nowhere',
    'sort=sideways',
    'after=%00%ff',
    'condition=Z&reach=moon&status=lost',
    'max_price=99999999999999999999',
  ]) {
    const answer = await request.get(`/?${query}`);
    expect(answer.status(), query).toBe(200);
    expect(await answer.text(), query).toContain(hint);
  }
  for (const query of ['q=%25%27%22', 'category=%27', 'unknown=1', 'q=' + 'ㅋ'.repeat(300)]) {
    expect((await request.get(`/?${query}`)).status(), query).toBe(200);
  }
  const who = await as(person());
  for (const path of ['/wallet?after=abc', '/wallet?after=-1', '/me?shelf=attic', '/sell?region_q=%25']) {
    expect((await who.get(path)).status(), path).toBe(200);
  }
  const away = await request.post('/api/sign_in', {
    form: { ...person(), next: 'https://elsewhere.example/' },
    headers: { accept: 'text/html' },
    maxRedirects: 0,
  });
  expect([away.status(), away.headers()['location']]).toEqual([303, '/']);
});

test('s2 a broken frame is refused, and the socket stays', async ({ page }) => {
  const id = auction({ seller: person().username });
  await page.goto('/');
  const heard = await page.evaluate(async (id) => {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`);
    await new Promise((open) => socket.addEventListener('open', open));
    const frames: { type: string; topic?: string; reason?: { refused: string } }[] = [];
    const answered = new Promise<void>((done) => {
      socket.addEventListener('close', () => done());
      socket.addEventListener('message', ({ data }) => {
        const frame = JSON.parse(data);
        frames.push(frame);
        if (frame.type === 'auction') done();
      });
    });
    for (const text of ['', 'garbage', '{}', '[]', '{"type":"bid","amount":1}', '\u0000']) socket.send(text);
    socket.send(new Uint8Array([1, 2, 3]));
    for (const topic of ['auction:0', 'auction:abc', 'nonsense', 'me', `auction:${id}`]) {
      socket.send(JSON.stringify({ type: 'subscribe', topic }));
    }
    await answered;
    const open = socket.readyState === WebSocket.OPEN;
    socket.close();
    return { open, frames };
  }, id);
  expect(heard.open).toBe(true);
  const refused = heard.frames.filter(({ type }) => type === 'refused');
  const reasons = refused.map(({ topic, reason }) => [topic ?? null, reason?.refused]);
  expect(reasons.slice(0, 7)).toEqual(Array.from({ length: 7 }, () => [null, 'malformed']));
  expect(reasons).toContainEqual(['nonsense', 'not_found']);
  expect(reasons).toContainEqual(['me', 'no_session']);
  expect(heard.frames.at(-1)).toMatchObject({ type: 'auction', id: Number(id) });
});
