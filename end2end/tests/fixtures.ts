// What every spec gets: a page whose console stays clean. A violation of the CSP is an error there too.
import { test as base, expect, type Page } from '@playwright/test';

export { expect };

export const test = base.extend<{ complaints: string[]; consoleIsClean: void }>({
  // A spec that expects an error takes it out of this list.
  complaints: async ({}, use) => {
    await use([]);
  },
  consoleIsClean: [
    async ({ page, complaints }, use) => {
      listen(page, complaints);
      await use();
      expect(complaints, 'the console of the browser').toEqual([]);
    },
    { auto: true },
  ],
});

// For pages that a spec opens itself, in a second context.
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
