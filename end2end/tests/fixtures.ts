// What every spec gets: a page whose console stays clean, and visitors with browsers of their own. What the
// CSP forbids is an error in the console too.
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import type { Person } from './market';

export { expect };

export type Visitor = { context: BrowserContext; page: Page; frames: Frames };

type Fixtures = {
  complaints: string[];
  visit: (person: Person, path: string) => Promise<Visitor>;
  consoleIsClean: void;
};

export const test = base.extend<Fixtures>({
  // A spec that expects an error takes it out of this list.
  complaints: async ({}, use) => {
    await use([]);
  },
  // A browser with its own cookies, signed in, on a page that has come alive.
  visit: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (person, path) => {
      const context = await browser.newContext();
      contexts.push(context);
      const page = await context.newPage();
      const frames = new Frames(page);
      listen(page, complaints);
      await signIn(page, person, path);
      await hydrated(page);
      return { context, page, frames };
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  consoleIsClean: [
    async ({ page, complaints }, use, info) => {
      listen(page, complaints);
      await use();
      // Chromium says so when the WASM takes three seconds: how quick the machine is. That what is loaded
      // ahead is used, and not fetched twice, has a spec of its own (chunks.spec.ts).
      const heard = complaints.filter((text) => !text.includes('preloaded using link preload'));
      // The reporter prints it last, where a log that was cut at its head still has it.
      const text = { body: heard.join('\n'), contentType: 'text/plain' };
      if (heard.length > 0) await info.attach('console', text);
      expect(heard, 'the console of the browser').toEqual([]);
    },
    { auto: true },
  ],
});

// For pages that a spec opens itself.
export function listen(page: Page, complaints: string[]) {
  page.on('pageerror', (error) => complaints.push(`${error}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
}

// Chromium reports an answer of 400 and above as an error: so many of that status are taken out.
export function forgive(complaints: string[], status: number, count = 1) {
  const expected = Array.from({ length: count }, () => expect.stringContaining(`status of ${status}`));
  expect(complaints.splice(0), 'answers refused on purpose').toEqual(expected);
}

// From here on a click does what Rust says.
export async function hydrated(page: Page) {
  await expect(page.locator('html[data-hydrated]')).toBeAttached();
}

// A server that was started a moment ago serves.
export async function serves(address: string, timeout = 20_000) {
  const status = async () => (await fetch(`${address}/readyz`).catch(() => undefined))?.status;
  await expect.poll(status, { timeout }).toBe(200);
}

// Signs in as a person would, on the plain form.
export async function signIn(page: Page, person: Person, next = '/') {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel('아이디').fill(person.username);
  await page.getByLabel('비밀번호', { exact: true }).fill(person.password);
  await page.getByRole('main').getByRole('button', { name: '로그인' }).click();
  await page.waitForURL((url) => url.pathname + url.search === next);
}

// What goes over a page's sockets. Made before the page is opened.
export class Frames {
  readonly sent: string[] = [];
  readonly received: string[] = [];

  constructor(page: Page) {
    page.on('websocket', (socket) => {
      socket.on('framesent', (frame) => this.sent.push(String(frame.payload)));
      socket.on('framereceived', (frame) => this.received.push(String(frame.payload)));
    });
  }

  // The socket is there, and has told what it knows of a topic.
  async hear(type: 'auction' | 'me' | 'chat', about = '') {
    const heard = (frame: string) => frame.includes(`"type":"${type}"`) && frame.includes(about);
    await expect.poll(() => this.received.some(heard)).toBe(true);
  }
}
