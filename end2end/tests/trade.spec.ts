// Two who never met complete a trade without leaving the site: from signing up to the reviews of both, the
// money of both right to the won at each step.
import type { Browser, Page } from '@playwright/test';
import { askFor, panelOf, won } from './auction-page';
import { expect, hydrated, listen, test } from './fixtures';
import { audit, wallet, type Person } from './market';

async function newcomer(browser: Browser, complaints: string[], name: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  listen(page, complaints);
  const who: Person = { username: `${name}-${process.pid}`, password: `a long password of ${name}` };
  await page.goto('/sign-up');
  await hydrated(page);
  await page.getByRole('combobox', { name: '우리 동네' }).pressSequentially('망원');
  await page.getByRole('option', { name: '망원동 서울특별시 마포구' }).click();
  await page.getByLabel('아이디').fill(who.username);
  await page.getByLabel('비밀번호', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: '가입하고 시작하기' }).click();
  await page.waitForURL('/');
  await hydrated(page);
  return { context, page, who };
}

async function deposit(page: Page, amount: number) {
  await page.goto('/wallet#deposit');
  await hydrated(page);
  await page.getByLabel('충전할 금액').fill(String(amount));
  await page.getByRole('button', { name: `${won(amount)} 충전하기` }).click();
  await expect(page.getByText(`${won(amount)}을 충전했어요.`)).toBeVisible();
}

async function review(page: Page, stars: number, text: string) {
  const box = page.getByRole('region', { name: '거래 후기' });
  await box.getByRole('radio', { name: new RegExp(`^${stars}점`) }).check({ force: true });
  await box.getByLabel('한마디').fill(text);
  await box.getByRole('button', { name: '후기 남기기' }).click();
  await expect(box.getByText('후기를 남겼어요.', { exact: true })).toBeVisible();
}

const talk = (page: Page) => page.getByRole('region', { name: '메시지' });

async function say(page: Page, text: string) {
  await page.getByRole('textbox', { name: '메시지' }).fill(text);
  await page.getByRole('textbox', { name: '메시지' }).press('Enter');
  await expect(talk(page).getByText(text)).toBeVisible();
}

test('a trade from signing up to both reviews', async ({ browser, complaints }) => {
  test.setTimeout(120_000);
  const seller = await newcomer(browser, complaints, 'trade-seller');
  const buyer = await newcomer(browser, complaints, 'trade-buyer');
  const title = `손으로 깎은 의자 ${process.pid}`;

  await seller.page.goto('/sell');
  await hydrated(seller.page);
  const form = seller.page.getByRole('main');
  await form.getByLabel('제목').fill(title);
  await form.getByLabel('분류').selectOption({ index: 2 });
  await form.getByRole('radio', { name: 'A급' }).check();
  await form.getByLabel('시작가').fill('30000');
  await form.getByLabel('즉시 구매가').fill('50000');
  await form.getByRole('button', { name: '30,000원부터 경매 열기' }).click();
  await seller.page.waitForURL(/\/auctions\/\d+$/);
  const path = new URL(seller.page.url()).pathname;
  expect(wallet(seller.who)).toEqual({ available: 0, held: 0 });

  await deposit(buyer.page, 100_000);
  expect(wallet(buyer.who)).toEqual({ available: 100_000, held: 0 });
  await buyer.page.getByRole('searchbox', { name: '검색' }).fill(title);
  await buyer.page.getByRole('searchbox', { name: '검색' }).press('Enter');
  await buyer.page.getByRole('main').getByRole('link', { name: title, exact: true }).click();
  await buyer.page.waitForURL(`**${path}`);
  const questions = buyer.page.locator('#questions');
  await questions.getByLabel('판매자에게 물어보기').fill('높이가 얼마예요?');
  await questions.getByRole('button', { name: '질문하기' }).click();
  await expect(questions.getByText('높이가 얼마예요?')).toBeVisible();

  await (await askFor(buyer.page, 30_000)).click();
  await expect(panelOf(buyer.page).getByText('최고 입찰이에요.')).toBeVisible();
  expect(wallet(buyer.who)).toEqual({ available: 70_000, held: 30_000 });
  await buyer.page.goto(path);
  await hydrated(buyer.page);
  await panelOf(buyer.page).locator('summary', { hasText: '즉시 구매' }).click();
  await panelOf(buyer.page).getByRole('button', { name: `${won(50_000)}에 바로 구매하기` }).click();
  await expect(buyer.page.getByRole('region', { name: '거래 후기' })).toBeVisible();
  expect(wallet(buyer.who)).toEqual({ available: 50_000, held: 0 });
  expect(wallet(seller.who)).toEqual({ available: 50_000, held: 0 });

  const chat = path.replace('/auctions/', '/chat/');
  await buyer.page.goto(chat);
  await hydrated(buyer.page);
  await say(buyer.page, '내일 저녁에 받으러 가도 될까요?');
  await seller.page.goto(chat);
  await hydrated(seller.page);
  await expect(talk(seller.page).getByText('내일 저녁에 받으러 가도 될까요?')).toBeVisible();
  await say(seller.page, '네, 7시에 봬요.');
  await expect(talk(buyer.page).getByText('네, 7시에 봬요.')).toBeVisible();

  await buyer.page.goto(path);
  await hydrated(buyer.page);
  await review(buyer.page, 5, '튼튼하고 아름다워요.');
  await seller.page.goto(path);
  await hydrated(seller.page);
  const theirs = seller.page.getByRole('region', { name: '거래 후기' });
  await expect(theirs).not.toContainText('튼튼하고');
  await review(seller.page, 4, '시간을 잘 지켜요.');
  await expect(theirs).toContainText('튼튼하고 아름다워요.');

  await seller.page.goto('/wallet');
  await hydrated(seller.page);
  await expect(seller.page.locator('#statement')).toContainText('판매 수익');
  const [file] = await Promise.all([
    seller.page.waitForEvent('download'),
    seller.page.getByRole('link', { name: 'CSV 내려받기' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('neighborbid-statement.csv');
  expect(wallet(seller.who)).toEqual({ available: 50_000, held: 0 });
  expect(wallet(buyer.who)).toEqual({ available: 50_000, held: 0 });
  audit();
  await Promise.all([seller.context.close(), buyer.context.close()]);
});
