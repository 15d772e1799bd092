// Pictures of every page of a market that runs: narrow and wide, light and dark, as a visitor and as one of
// the demo's people. `make run` in one window, `make shots` in another.
//
// BASE_URL  the market [http://127.0.0.1:3000]
// SHOTS     the folder [end2end/shots]
// ONLY      part of a picture's name: only those [all]
// LANGUAGE  of the pages: ko, en [ko]
// STAFF     name:password of somebody of the staff (`server staff add NAME`): the pages of staff too [none]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const base = process.env.BASE_URL ?? 'http://127.0.0.1:3000';
const folder = process.env.SHOTS ?? join(import.meta.dirname, 'shots');
const only = process.env.ONLY ?? '';
// Systems set a LANGUAGE of their own (`en_US:en`): only the market's names count.
const language = process.env.LANGUAGE === 'en' ? 'en' : 'ko';

const MINJI = { username: 'minji', password: 'neighbor-demo' };
const JUNHO = { username: 'junho', password: 'neighbor-demo' };
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];
const THEMES = ['light', 'dark'];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
const minji = await signedIn(MINJI);
const junho = await signedIn(JUNHO);
const [username, password] = (process.env.STAFF ?? '').split(':');
const operator = username ? await signedIn({ username, password }) : undefined;
const pages = {
  staff: operator ? await pagesOfStaff(operator) : {},
  visitor: await pagesOfVisitor(),
  minji: await pagesOfMinji(minji),
  junho: await pagesOfJunho(junho),
};

let taken = 0;
for (const theme of THEMES) {
  for (const size of SIZES) {
    await take('visitor', theme, size, undefined);
    await take('minji', theme, size, minji);
    await take('junho', theme, size, junho);
    await take('staff', theme, size, operator);
  }
}
await browser.close();
console.log(`${taken} pictures in ${folder}`);

// The state of a browser in which somebody is signed in.
async function signedIn({ username, password }) {
  const context = await browser.newContext({ baseURL: base });
  const page = await context.newPage();
  await page.goto('/sign-in?next=/me');
  await page.locator('[name=username]').fill(username);
  await page.locator('[name=password]').fill(password);
  await page.locator('[name=password]').press('Enter');
  await page.waitForURL('**/me');
  const state = await context.storageState();
  await context.close();
  return state;
}

// The first link of a page that matches; none where there is none.
function first(path, selector, storageState) {
  return nth(path, selector, 0, storageState);
}

async function nth(path, selector, number, storageState) {
  if (!path) return null;
  const context = await browser.newContext({ baseURL: base, storageState, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(path);
  const link = page.locator(selector).nth(number);
  const address = (await link.count()) ? await link.getAttribute('href') : null;
  await context.close();
  return address;
}

async function pagesOfVisitor() {
  const card = '.card-link';
  return {
    home: '/',
    'home-search': '/?q=%EB%A0%8C%EC%A6%88',
    'home-hints': '/?min_price=abc&sort=sideways',
    'home-nothing': '/?q=zzzzzz',
    'home-ended': '/?status=ended',
    'auction-national': await first('/?reach=national&sort=most_bids', card),
    'auction-neighbourhood': await first('/?reach=neighbourhood&sort=most_bids', card),
    'auction-scheduled': await first('/?status=scheduled', card),
    'auction-ended': await first('/?status=ended', card),
    seller: await first(await first('/?reach=national&sort=most_bids', card), 'a[href^="/sellers/"]'),
    'reset-password': '/reset-password',
    'sign-in': '/sign-in',
    'sign-up': '/sign-up',
    'not-found': '/nowhere',
    components: '/dev/components',
  };
}

async function pagesOfMinji(state) {
  const row = '.row-title a';
  return {
    home: '/',
    me: '/me',
    'me-won': '/me?shelf=won',
    'me-watching': '/me?shelf=watching',
    wallet: '/wallet',
    'wallet-deposit': '/wallet#deposit',
    sell: '/sell',
    'auction-national': await first('/?reach=national&sort=most_bids', '.card-link', state),
    'auction-sheet': withHash(await first('/?reach=national&sort=most_bids', '.card-link', state), '#bid'),
    'auction-leading': await first('/me?shelf=leading', row, state),
    'auction-outbid': await first('/me?shelf=outbid', row, state),
    'auction-won': await first('/me?shelf=won', row, state),
    'auction-own': await first('/me?shelf=selling', row, state),
    'auction-sold': await first('/me?shelf=sold', row, state),
    'auction-lost': await first('/me?shelf=lost', row, state),
    'wallet-narrowed': '/wallet?kind=bid_lock#statement',
    chats: '/chat',
    chat: await first('/chat', 'main a[href^="/chat/"]', state),
    notifications: '/notifications',
    settings: '/settings',
    'settings-notices': '/settings/notices',
    seller: await first(await first('/me?shelf=won', row, state), 'a[href^="/sellers/"]', state),
    edit: `${await first('/me?shelf=selling', row, state)}/edit`,
  };
}

// His purchase is disputed.
async function pagesOfJunho(state) {
  const row = '.row-title a';
  const pages = {};
  for (let number = 0; number < 3; number += 1) {
    pages[`auction-won-${number}`] = await nth('/me?shelf=won', row, number, state);
  }
  return { ...pages, chats: '/chat', 'me-sold': '/me?shelf=sold', 'me-lost': '/me?shelf=lost' };
}

async function pagesOfStaff(state) {
  const [people, auctions] = ['/admin/users', '/admin/auctions'];
  return {
    admin: '/admin',
    'admin-users': people,
    'admin-user': await first(`${people}?q=minji`, 'main a[href^="/admin/users/"]', state),
    'admin-auctions': auctions,
    'admin-auction': await first(`${auctions}?status=live`, 'main a[href^="/admin/auctions/"]', state),
    'admin-reports': '/admin/reports',
    'admin-questions': '/admin/questions',
    'admin-categories': '/admin/categories',
    'admin-log': '/admin/log',
    'admin-disputes': '/admin/disputes',
    'admin-ledger': '/admin/ledger',
    'admin-charts': '/admin/charts',
  };
}

function withHash(address, hash) {
  return address && `${address}${hash}`;
}

async function take(who, theme, viewport, storageState) {
  const context = await browser.newContext({
    baseURL: base,
    storageState,
    viewport,
    deviceScaleFactor: viewport.width < 500 ? 2 : 1,
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
  });
  await context.addCookies([
    { name: 'theme', value: theme, url: base },
    { name: 'lang', value: language, url: base },
  ]);
  const page = await context.newPage();
  for (const [name, address] of Object.entries(pages[who])) {
    const file = `${name}-${who}-${viewport.width}-${theme}.png`;
    if (!address || !file.includes(only)) continue;
    // An address that differs in its hash alone would not be opened anew.
    await page.goto('about:blank');
    await page.goto(address);
    await page.evaluate(settled);
    // The window as high as the page: what sticks to its bottom is at the bottom of the picture.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    if (!address.includes('#bid')) await page.setViewportSize({ ...viewport, height });
    await page.screenshot({ path: join(folder, file), animations: 'disabled' });
    await page.setViewportSize(viewport);
    taken += 1;
  }
  await context.close();
}

// In the page: alive, every picture and letter there.
async function settled() {
  for (const image of document.images) image.loading = 'eager';
  const images = [...document.images].map((image) => image.decode().catch(() => {}));
  const alive = new Promise((done) => {
    const html = document.documentElement;
    if (html.hasAttribute('data-hydrated')) return done();
    new MutationObserver(() => done()).observe(html, { attributeFilter: ['data-hydrated'] });
  });
  await Promise.all([...images, alive, document.fonts.ready]);
}
