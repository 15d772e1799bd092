// Two servers over one database, and a real Redis that carries the news between them.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { freePort, start, startServer, stopAll } from '../processes';
import { bid, panelOf, priceOf } from './auction-page';
import { expect, Frames, hydrated, listen, serves, signIn, test } from './fixtures';
import { auction, audit, person, type Person } from './market';

function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    return false;
  }
}

async function server(redis: number): Promise<string> {
  const address = await startServer({ REDIS_URL: `redis://127.0.0.1:${redis}`, DEMO: 'false' });
  await serves(address);
  return address;
}

test.afterAll(stopAll);

test('a bid at one server reaches the browser at the other, and Redis may go and come', async ({
  browser,
  complaints,
}) => {
  test.skip(!hasRedis(), 'redis-server is not installed: news between two servers is not tried');
  test.setTimeout(60_000);
  const port = await freePort();
  const redisWords = ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'];
  let redis = start('redis-server', redisWords);
  const [one, two] = [await server(port), await server(port)];
  const id = auction({ seller: person().username });

  const visit = async (base: string, who: Person) => {
    const context = await browser.newContext({ baseURL: base });
    const page = await context.newPage();
    const frames = new Frames(page);
    listen(page, complaints);
    await signIn(page, who, `/auctions/${id}`);
    await hydrated(page);
    await frames.hear('auction');
    return page;
  };
  const ann = await visit(one, person(100_000, 'ann'));
  const ben = await visit(two, person(100_000, 'ben'));

  await bid(ann, 20_000);
  await expect(panelOf(ben)).toContainText('20,000', { timeout: 2_000 });

  // Without Redis bids go on, and both servers find out what they missed.
  redis.kill('SIGTERM');
  await once(redis, 'exit');
  await bid(ben, 25_000);
  await expect(priceOf(ann)).toHaveText('25,000원', { timeout: 15_000 });

  redis = start('redis-server', redisWords);
  await bid(ann, 30_000);
  await expect(priceOf(ben)).toHaveText('30,000원', { timeout: 15_000 });
  audit();
  await Promise.all([ann.context().close(), ben.context().close()]);
});
