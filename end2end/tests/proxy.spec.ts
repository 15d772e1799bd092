// nginx with the file of deploy/nginx, in front of two servers over one database: what it hands on, and what
// it does not.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { request as overTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Nginx } from '../nginx';
import { freePort, has, startRedis, startServerAt, stopAll } from '../processes';
import { bid, panelOf } from './auction-page';
import { expect, Frames, hydrated, listen, serves, signIn, test as base } from './fixtures';
import { auction, audit, person, type Person } from './market';
import { noise } from './png';

const test = base.extend<object, { nginx: Nginx }>({
  // Two servers that hear of each other, behind one nginx.
  nginx: [
    async ({}, use) => {
      const redis = await freePort();
      startRedis(redis);
      const ports: [number, number] = [await freePort(), await freePort()];
      const env = { REDIS_URL: `redis://127.0.0.1:${redis}`, DEMO: 'false', BEHIND_PROXY: 'true' };
      for (const port of ports) startServerAt(port, env);
      for (const port of ports) await serves(`http://localhost:${port}`);
      const nginx = await Nginx.start(ports);
      await use(nginx);
      await nginx.end();
      await stopAll();
    },
    { scope: 'worker' },
  ],
});

test.skip(!has('nginx', '-v') || !has('redis-server', '--version'), 'nginx or redis-server is not installed');
test.describe.configure({ timeout: 60_000 });

test('people sign in over TLS with cookies of this host alone', async ({ browser, nginx, complaints }) => {
  const context = await browser.newContext({ baseURL: nginx.base, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  listen(page, complaints);
  await signIn(page, person(), '/wallet');
  await hydrated(page);
  const session = (await context.cookies()).find(({ name }) => name === '__Host-session');
  expect(session).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: '/' });

  const { headers } = await nginx.ask('/');
  expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8}$/);
  expect(headers['server'], 'no version').toBe('nginx');
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  const plain = await fetch(`${nginx.http}/wallet?x=1`, { redirect: 'manual' });
  expect([plain.status, plain.headers.get('location')]).toEqual([301, 'https://localhost/wallet?x=1']);
  await context.close();
});

test('a bid at one server reaches the socket at the other', async ({ browser, nginx, complaints }) => {
  const id = auction({ seller: person().username });
  const visit = async (who: Person) => {
    const context = await browser.newContext({ baseURL: nginx.base, ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const frames = new Frames(page);
    listen(page, complaints);
    await signIn(page, who, `/auctions/${id}`);
    await hydrated(page);
    await frames.hear('auction');
    return page;
  };
  const [ann, ben] = [await visit(person(100_000, 'ann')), await visit(person(100_000, 'ben'))];
  await bid(ann, 20_000);
  await expect(panelOf(ben)).toContainText('20,000', { timeout: 2_000 });
  await bid(ben, 25_000);
  await expect(panelOf(ann)).toContainText('25,000', { timeout: 2_000 });
  // Sockets are given to the server that has fewer connections, so each server has one of them.
  await Promise.all([ann.context().close(), ben.context().close()]);
  const upgraded = () => nginx.log().filter(({ status, path }) => status === 101 && path === '/ws');
  await expect.poll(() => new Set(upgraded().map(({ server }) => server)).size).toBe(2);
  audit();
});

// A server of one answer, behind an nginx of its own.
async function behind(listener: RequestListener): Promise<{ nginx: Nginx; close: () => Promise<void> }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const nginx = await Nginx.start([port, port]);
  const close = async () => {
    await nginx.end();
    server.close();
    server.closeAllConnections();
  };
  return { nginx, close };
}

test('the begin of a page is there before its end is made', async () => {
  let goOn = () => {};
  const isRead = new Promise<void>((resolve) => (goOn = resolve));
  const { nginx, close } = await behind(async (_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html' });
    answer.write('<title>begin</title>');
    await isRead;
    answer.end('<p>end');
  });
  const { hostname, port } = new URL(nginx.base);
  const asked = overTls({ hostname, port, path: '/', rejectUnauthorized: false, agent: false }).end();
  const [answer] = await once(asked, 'response');
  let read = '';
  for await (const chunk of answer) {
    read += String(chunk);
    // Were the begin held back, nobody would come here, and there would be no end.
    goOn();
  }
  expect(read).toBe('<title>begin</title><p>end');
  await close();
});

test('what the client says of itself does not reach the servers', async () => {
  const seen: IncomingHttpHeaders[] = [];
  const { nginx, close } = await behind((request, answer) => {
    seen.push(request.headers);
    answer.end('heard');
  });
  const headers = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'http',
    'x-request-id': 'of the client',
    forwarded: 'for=203.0.113.9',
    connection: 'upgrade, http2-settings',
    upgrade: 'h2c',
  };
  expect((await nginx.ask('/', { headers, localAddress: '127.0.0.2' })).text).toBe('heard');
  const [heard] = seen;
  expect(heard?.['x-forwarded-for']).toBe('127.0.0.2');
  expect(heard?.['x-forwarded-proto']).toBe('https');
  expect(heard?.['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  for (const name of ['forwarded', 'upgrade', 'connection']) expect(heard, name).not.toHaveProperty(name);
  await close();
});

test('a forged address is counted as the real one', async ({ nginx }) => {
  // A name that nobody has: nothing is sent, and the door counts it.
  const knock = (number: number, localAddress: string) => {
    const headers = {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': `198.51.100.${number}`,
    };
    const form = `name_or_email=nobody-${process.pid}`;
    return nginx.ask('/api/forgot_password', { method: 'POST', headers, localAddress }, form);
  };
  // Each of the two servers lets 30 in at once, then one in two seconds.
  const statuses: number[] = [];
  for (let number = 0; number < 100; number += 1) statuses.push((await knock(number, '127.0.0.3')).status);
  expect(statuses[0]).toBeLessThan(429);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(20);
  expect((await knock(1, '127.0.0.4')).status, 'another address').toBe(statuses[0]);
});

test('a picture of 9 MB passes, and one of 30 MB is refused in our words', async ({ playwright, nginx }) => {
  const { username, password } = person();
  const who = await playwright.request.newContext({ baseURL: nginx.base, ignoreHTTPSErrors: true });
  expect((await who.post('/api/sign_in', { form: { username, password } })).ok()).toBe(true);
  const picture = noise('noise.png', 1_760);
  expect(picture.buffer.length).toBeGreaterThan(9_000_000);
  const taken = await who.post('/api/upload_picture', { multipart: { picture } });
  expect(taken.status()).toBe(200);
  const { id } = await taken.json();
  // Files are kept by nginx: the second time no server is asked.
  const asked = async () => (await who.get(`/pictures/${id}-1600.jpg`)).status();
  expect([await asked(), await asked()]).toEqual([200, 200]);
  const files = () => nginx.log().filter(({ path }) => path === `/pictures/${id}-1600.jpg`);
  await expect.poll(() => files().map(({ server }) => server !== '')).toEqual([true, false]);

  const large = { name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(30_000_000, 1) };
  const refused = await who.post('/api/upload_picture', { multipart: { picture: large } });
  expect(await refused.json()).toMatchObject({ refused: 'picture', fault: 'too_large' });
  const form = await who.post('/api/place_bid', { form: { key: 'x'.repeat(200_000) } });
  expect(form.status(), 'a form is small').toBe(413);
  await who.dispose();
});

test('what is for those inside, and other hosts, get nothing', async ({ nginx }) => {
  for (const path of ['/metrics', '/livez', '/readyz', '/%6detrics', '//metrics', '/x/../metrics']) {
    expect((await nginx.ask(path)).status, path).toBe(404);
  }
  expect((await nginx.ask('/')).status).toBe(200);
  await expect(nginx.ask('/', { headers: { host: 'evil.example' } })).rejects.toThrow();
  await expect(fetch(nginx.http.replace('localhost', '127.0.0.1'))).rejects.toThrow();
  await expect(nginx.ask('/', { servername: 'evil.example' })).rejects.toThrow();
  await expect(nginx.ask('/', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })).rejects.toThrow();
});
