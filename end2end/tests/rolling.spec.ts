// A new release goes out: two servers behind nginx are started again one after the other while people bid. No
// bid and no reply is lost, and open pages come back by themselves.
import type { ChildProcess } from 'node:child_process';
import type { APIRequestContext, Browser, Page, PlaywrightWorkerArgs } from '@playwright/test';
import { Nginx } from '../nginx';
import { end, freePort, has, startRedis, startServerAt, stopAll } from '../processes';
import { priceOf, won } from './auction-page';
import { expect, Frames, hydrated, serves, signIn, test } from './fixtures';
import { auction, audit, person, wallet, type Person } from './market';

const BIDDERS = 24;
const UNIT = 1_000;

type Reply = { key: string; amount: number; status: number; ok?: string };

// People who go on bidding until told to stop. Whoever gets no answer asks again under the same key, as the
// form does in a browser.
class Load {
  readonly replies: Reply[] = [];
  asked = 0;
  repeated = 0;
  private amount = 10_000;
  private isOver = false;

  constructor(private readonly id: string) {}

  async bids(who: APIRequestContext) {
    while (!this.isOver) {
      this.asked += 1;
      const key = `rolling-${process.pid}-${this.asked}`;
      this.amount += UNIT;
      this.replies.push(await this.bid(who, key, this.amount));
    }
  }

  stop() {
    this.isOver = true;
  }

  // A hundred more bids were answered: the market goes on.
  async goesOn() {
    const before = this.replies.length;
    await expect.poll(() => this.replies.length, { timeout: 20_000 }).toBeGreaterThan(before + 100);
  }

  private async bid(who: APIRequestContext, key: string, amount: number): Promise<Reply> {
    const form = { auction_id: this.id, amount: String(amount), key };
    for (;;) {
      const answer = await who.post('/api/place_bid', { form }).catch(() => undefined);
      const status = answer?.status() ?? 0;
      if (answer && status < 500) return { key, amount, status, ...(await answer.json()) };
      this.repeated += 1;
    }
  }
}

async function program(playwright: PlaywrightWorkerArgs['playwright'], nginx: Nginx, who: Person) {
  const context = await playwright.request.newContext({ baseURL: nginx.base, ignoreHTTPSErrors: true });
  const { username, password } = who;
  expect((await context.post('/api/sign_in', { form: { username, password } })).ok()).toBe(true);
  return context;
}

// An open page, and how many sockets it has had.
async function onlooker(browser: Browser, nginx: Nginx, id: string) {
  const context = await browser.newContext({ baseURL: nginx.base, ignoreHTTPSErrors: true });
  const page: Page = await context.newPage();
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const frames = new Frames(page);
  await signIn(page, person(), `/auctions/${id}`);
  await hydrated(page);
  await frames.hear('auction');
  return { page, sockets };
}

test.afterAll(stopAll);

test('a release goes out under load, and no bid and no reply is lost', async ({ browser, playwright }) => {
  test.skip(!has('nginx', '-v') || !has('redis-server', '--version'), 'nginx or redis-server is missing');
  test.setTimeout(90_000);
  const redis = await freePort();
  startRedis(redis);
  const env = { REDIS_URL: `redis://127.0.0.1:${redis}`, DEMO: 'false', BEHIND_PROXY: 'true' };
  const ports: [number, number] = [await freePort(), await freePort()];
  const servers = new Map<number, ChildProcess>(ports.map((port) => [port, startServerAt(port, env)]));
  for (const port of ports) await serves(`http://localhost:${port}`);
  const nginx = await Nginx.start(ports);

  const id = auction({ seller: person().username, unit: UNIT });
  const people = Array.from({ length: BIDDERS }, () => person(1_000_000_000));
  const bidders = await Promise.all(people.map((who) => program(playwright, nginx, who)));
  const onlookers = [await onlooker(browser, nginx, id), await onlooker(browser, nginx, id)];
  const load = new Load(id);
  const bidding = Promise.all(bidders.map((bidder) => load.bids(bidder)));
  await load.goesOn();
  for (const port of ports) {
    const old = servers.get(port);
    if (old) await end(old);
    await load.goesOn();
    servers.set(port, startServerAt(port, env));
    await serves(`http://localhost:${port}`);
    await load.goesOn();
  }
  load.stop();
  await bidding;

  // One reply each, and what they say is in the books once.
  expect(new Set(load.replies.map(({ key }) => key)).size).toBe(load.asked);
  expect(load.replies.filter(({ status }) => ![200, 409, 429].includes(status))).toEqual([]);
  const accepted = load.replies.filter(({ status }) => status === 200);
  const listed = accepted.filter(({ ok }) => ok === 'leading' || ok === 'outbid_at_once');
  const { state } = await (await bidders[0]!.get('/api/auction', { params: { id } })).json();
  expect(state.bid_count).toBe(listed.length);
  const highest = Math.max(...accepted.map(({ amount }) => amount));
  expect(people.map((who) => wallet(who).held).filter((held) => held > 0)).toEqual([highest]);
  audit();

  for (const { page, sockets } of onlookers) {
    await expect(priceOf(page)).toHaveText(won(Number(state.price)), { timeout: 35_000 });
    expect(sockets.length, 'sockets of a page').toBeGreaterThan(1);
    await page.context().close();
  }
  console.log(`${load.asked} bids, ${accepted.length} accepted, ${load.repeated} asked again`);
  await Promise.all(bidders.map((bidder) => bidder.dispose()));
  await nginx.end();
});

test('a server that is told to stop says so, and serves on until it is time', async () => {
  const port = await freePort();
  const server = startServerAt(port, { DRAIN_SECONDS: '60', DEMO: 'false', REDIS_URL: '' });
  const base = `http://localhost:${port}`;
  await serves(base);
  server.kill('SIGTERM');
  await expect.poll(async () => (await fetch(`${base}/readyz`)).status).toBe(503);
  expect((await fetch(base)).status).toBe(200);
  // Told again, it does not wait.
  await end(server);
  expect(server.exitCode).toBe(0);
});
