// The form for selling as a person uses it.
import type { Page } from '@playwright/test';

export const pictures = (page: Page) => page.getByRole('img', { name: /^사진 \d+$/ });
export const names = (page: Page) => page.locator('input[name="pictures"]');
export const choose = (page: Page) => page.getByLabel('사진 고르기');

// What the form cannot be opened without.
export async function fill(page: Page, title: string, price = '10000') {
  await page.getByLabel('제목').fill(title);
  await page.getByLabel('분류').selectOption({ label: '디지털' });
  await page.getByRole('radio', { name: 'A급' }).check();
  await page.getByLabel('시작가').fill(price);
}

export function openForm(page: Page) {
  return page.getByRole('button', { name: /경매 열기$/ }).click();
}
