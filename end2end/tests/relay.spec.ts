// Two servers over one database, and a real Redis that carries the news between them.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bid, panelOf, priceOf } from './auction-page';
import { expect, Frames, hydrated, listen, test } from './fixtures';
import { auction, audit, person, type Person } from './market';

const root = join(import.meta.dirname, '..', '..');
const processes: ChildProcess[] = [];

function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function start(program: string, words: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(program, words, { cwd: root, env: { ...process.env, ...env }, stdio: 'ignore' });
  processes.push(child);
  return child;
}

// A server of its own on a port of its own; answers its address once it serves.
async function server(redis: number): Promise<string> {
  const port = await freePort();
  start(process.env.E2E_SERVER ?? 'target/built/server', [], {
    PORT: String(port),
    REDIS_URL: `redis://127.0.0.1:${redis}`,
    DEMO: 'false',
  });
  const base = `http://localhost:${port}`;
  const ready = async () => (await fetch(`${base}/readyz`).catch(() => undefined))?.status;
  await expect.poll(ready, { timeout: 20_000 }).toBe(200);
  return base;
}

test.afterAll(async () => {
  const ends = processes.filter((child) => child.exitCode === null).map((child) => once(child, 'exit'));
  for (const child of processes) child.kill('SIGTERM');
  await Promise.all(ends);
});

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
    await page.goto(`/sign-in?next=${encodeURIComponent(`/auctions/${id}`)}`);
    await page.getByLabel('아이디').fill(who.username);
    await page.getByLabel('비밀번호', { exact: true }).fill(who.password);
    await page.getByRole('main').getByRole('button', { name: '로그인' }).click();
    await page.waitForURL(`**/auctions/${id}`);
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
