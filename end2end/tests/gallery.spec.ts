// The pictures of an auction: by key, by thumbnail, by finger, and as large as the screen.
import { devices, type Page } from '@playwright/test';
import { expect, hydrated, signIn, test } from './fixtures';
import { person } from './market';
import { png } from './png';
import { choose, fill, openForm, pictures } from './sell-page';

const COLOURS: [number, number, number][] = [
  [200, 40, 40],
  [40, 160, 90],
  [40, 60, 200],
];

// An auction with three pictures, looked at by its seller.
async function withThree(page: Page) {
  await signIn(page, person(), '/sell');
  await hydrated(page);
  await choose(page).setInputFiles(COLOURS.map((colour, index) => png(`사진 ${index}.png`, colour)));
  await expect(pictures(page)).toHaveCount(3);
  await fill(page, '세 장짜리');
  await openForm(page);
  await expect(page).toHaveURL(/\/auctions\/\d+$/);
  await hydrated(page);
}

const strip = (page: Page) => page.getByRole('group', { name: '사진 3장' });
const said = (page: Page, number: number) => page.getByText(`사진 3장 중 ${number}번째`);
const thumb = (page: Page, number: number) =>
  page.getByRole('link', { name: `사진 ${number} 보기`, exact: true });
const large = (page: Page) => page.getByRole('dialog', { name: '사진 크게 보기' });
const enlarge = (page: Page, number: number) => page.getByRole('link', { name: `사진 ${number} 크게 보기` });

test('arrow keys and thumbnails move the pictures, and say which one is in sight', async ({ page }) => {
  await withThree(page);
  await expect(said(page, 1)).toBeAttached();
  await strip(page).getByRole('link').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(said(page, 2)).toBeAttached();
  await expect(enlarge(page, 2)).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press('End');
  await expect(said(page, 3)).toBeAttached();
  await page.keyboard.press('ArrowRight');
  await expect(said(page, 3)).toBeAttached();
  await expect(thumb(page, 3)).toHaveAttribute('aria-current', 'true');
  await thumb(page, 1).click();
  await expect(said(page, 1)).toBeAttached();
  await expect(enlarge(page, 1)).toBeInViewport({ ratio: 0.9 });
});

test('large pictures go on where the small ones were, and back', async ({ page }) => {
  await withThree(page);
  await thumb(page, 2).click();
  await enlarge(page, 2).click();
  await expect(large(page).getByText('2 / 3')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(large(page).getByText('3 / 3')).toBeVisible();
  await expect(large(page).getByRole('button', { name: '다음 사진' })).toBeHidden();
  await large(page).getByRole('button', { name: '이전 사진' }).click();
  await large(page).getByRole('button', { name: '이전 사진' }).click();
  await expect(large(page).getByText('1 / 3')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(large(page)).toBeHidden();
  await expect(said(page, 1)).toBeAttached();
});

test.describe('with a finger', () => {
  const { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch } = devices['Pixel 7'];
  test.use({ viewport, userAgent, deviceScaleFactor, isMobile, hasTouch });

  test('a swipe brings the next picture', async ({ page }) => {
    await withThree(page);
    const box = await strip(page).boundingBox();
    if (!box) throw new Error('the pictures are not laid out');
    const devtools = await page.context().newCDPSession(page);
    const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', part?: number) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: part === undefined ? [] : [{ x: box.x + box.width * part, y: box.y + box.height / 2 }],
      });
    await finger('touchStart', 0.9);
    for (const part of [0.8, 0.65, 0.5, 0.35, 0.2]) await finger('touchMove', part);
    await finger('touchEnd');
    await expect(said(page, 2)).toBeAttached();
    await expect(enlarge(page, 2)).toBeInViewport({ ratio: 0.9 });
  });
});
