// An auction's page as a person uses it: the panel, its price, a bid.
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures';

export function panelOf(page: Page): Locator {
  return page.getByRole('region', { name: '입찰', exact: true });
}

// The one live figure, large in the panel.
export function priceOf(page: Page): Locator {
  return panelOf(page).locator('output');
}

// `12,000원`.
export function won(amount: number): string {
  return `${amount.toLocaleString('ko-KR')}원`;
}

// Types the amount and goes as far as the second question; the answer is the button that says yes.
export async function askFor(page: Page, amount: number): Promise<Locator> {
  const panel = panelOf(page);
  await panel.getByRole('textbox', { name: '입찰가' }).fill(String(amount));
  await panel.getByRole('button', { name: `${won(amount)} 입찰하기` }).click();
  await expect(panel.getByRole('heading', { name: `${won(amount)}에 입찰할까요?` })).toBeVisible();
  return panel.getByRole('button', { name: `${won(amount)} 입찰하기` });
}

export async function bid(page: Page, amount: number) {
  const yes = await askFor(page, amount);
  await yes.click();
}

// The leader says how far he would go.
export async function raiseMaximum(page: Page, maximum: number) {
  const panel = panelOf(page);
  await panel.locator('summary', { hasText: '한도 변경' }).click();
  await panel.getByRole('textbox', { name: '내 한도' }).fill(String(maximum));
  const yes = panel.getByRole('button', { name: `한도 ${won(maximum)}으로 변경` });
  await yes.click();
  await expect(panel.getByRole('heading', { name: `한도를 ${won(maximum)}으로 바꿀까요?` })).toBeVisible();
  await yes.click();
  await expect(panel.getByText('한도를 바꿨어요.')).toBeVisible();
}
