// My account: what others see, how I sign in and where, my data, and the end of it.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, hydrated, signIn, test } from './fixtures';
import { auction, audit, person, wallet } from './market';

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

// A page whose session is ended elsewhere leads to signing in by itself; the browser says what it was
// refused.
async function isSignedOut(page: Page, complaints: string[]) {
  await expect(page).toHaveURL(/\/sign-in/);
  expect(complaints.splice(0).filter((text) => !text.includes('status of 401'))).toEqual([]);
}

test('name and neighbourhood are changed, and stand everywhere', async ({ visit }) => {
  const { page } = await visit(person(), '/settings');
  const profile = part(page, '프로필');
  await profile.getByLabel('별명').fill('');
  await profile.getByRole('button', { name: '저장하기' }).click();
  await expect(profile.getByText('입력해 주세요.')).toBeVisible();
  await profile.getByLabel('별명').fill('탈퇴한 이웃');
  await profile.getByRole('button', { name: '저장하기' }).click();
  await expect(profile.getByText('이미 쓰고 있는 이름이에요.')).toBeVisible();
  await profile.getByLabel('별명').fill('한강 이웃');
  await profile.getByRole('combobox', { name: '우리 동네' }).fill('');
  await profile.getByRole('combobox', { name: '우리 동네' }).pressSequentially('연남');
  await page.getByRole('option', { name: '연남동 서울특별시 마포구' }).click();
  await profile.getByRole('button', { name: '저장하기' }).click();
  await expect(profile.getByText('저장했어요.')).toBeVisible();
  await expect(page.getByRole('banner').getByRole('link', { name: '연남동' })).toBeVisible();
  await profile.getByRole('link', { name: '내 페이지 보기' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '한강 이웃' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('서울특별시 마포구');
  await expect(page.getByRole('main')).not.toContainText('연남동');
});

test('a password is changed with the old one, and other devices are signed out at once', async ({
  visit,
  page,
  complaints,
}) => {
  const who = person();
  const other = await visit(who, '/me');
  await other.frames.hear('me');
  const { page: here } = await visit(who, '/settings');
  const box = part(here, '비밀번호');
  await box.getByLabel('지금 비밀번호').fill('not this one');
  await box.getByLabel('새 비밀번호').fill('12345678');
  await box.getByRole('button', { name: '비밀번호 바꾸기' }).click();
  await expect(box.getByText('추측하기 쉬운 비밀번호예요.')).toBeVisible();
  await box.getByLabel('새 비밀번호').fill('a new and long password');
  await box.getByRole('button', { name: '비밀번호 바꾸기' }).click();
  await expect(box.getByText('비밀번호가 맞지 않아요.')).toBeVisible();
  await box.getByLabel('지금 비밀번호').fill(who.password);
  await box.getByLabel('새 비밀번호').fill('a new and long password');
  await box.getByRole('button', { name: '비밀번호 바꾸기' }).click();
  await expect(box.getByText(/비밀번호를 바꿨어요/)).toBeVisible();
  await isSignedOut(other.page, complaints);
  await signIn(page, { ...who, password: 'a new and long password' }, '/me');
});

test('devices are listed, and one of them is signed out', async ({ visit, complaints }) => {
  const who = person();
  const other = await visit(who, '/me');
  await other.frames.hear('me');
  const { page } = await visit(who, '/settings');
  const box = part(page, '로그인한 기기');
  await expect(box.getByRole('listitem')).toHaveCount(2);
  await expect(box.getByText('이 기기', { exact: true })).toHaveCount(1);
  await expect(box.getByText(/Chrome/).first()).toBeVisible();
  await box.getByRole('button', { name: /로그인한 기기 로그아웃$/ }).click();
  await expect(box.getByText('그 기기에서 로그아웃했어요.')).toBeVisible();
  await expect(box.getByRole('listitem')).toHaveCount(1);
  await isSignedOut(other.page, complaints);
  await box.getByRole('button', { name: '모든 기기에서 로그아웃' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText(/모든 기기에서 로그아웃했어요/)).toBeVisible();
});

test('what the books hold about me comes as a file', async ({ visit }) => {
  const who = person(30_000);
  const { page } = await visit(who, '/settings');
  const download = page.waitForEvent('download');
  await part(page, '내 데이터').getByRole('link', { name: '내 데이터 내려받기' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('neighborbid-my-data.json');
  const answer = await page.request.get('/api/my_data');
  expect(answer.headers()['content-disposition']).toContain('attachment');
  const data = await answer.json();
  expect(data.account).toMatchObject([{ username: who.username }]);
  expect(data.wallet).toEqual([{ available: 30_000, held: 0 }]);
  expect(data.ledger_rows).toHaveLength(1);
  expect(JSON.stringify(data)).not.toContain('argon2');
});

test('an account with money is not closed; an empty one is, for good', async ({ visit, page }) => {
  const who = person(10_000);
  const { page: own } = await visit(who, '/settings');
  const box = part(own, '계정 닫기');
  await expect(box).toContainText('지갑에 남은 돈');
  await expect(box).toContainText('10,000원');
  await own.request.post('/api/withdraw', { form: { amount: '10000', key: 'out' } });
  expect(wallet(who)).toEqual({ available: 0, held: 0 });
  await own.reload();
  await hydrated(own);
  await box.getByText('계정을 닫을래요').click();
  await box.getByLabel('비밀번호 확인').fill('wrong');
  await box.getByRole('button', { name: '계정 닫기' }).click();
  await expect(box.getByText('비밀번호가 맞지 않아요.')).toBeVisible();
  await own.request.post('/api/deposit', { form: { amount: '5000', key: 'in' } });
  await box.getByLabel('비밀번호 확인').fill(who.password);
  await box.getByRole('button', { name: '계정 닫기' }).click();
  await expect(box.getByText('계정을 닫기 전에 정리해 주세요: 쓸 수 있는 돈 5,000원')).toBeVisible();
  await own.request.post('/api/withdraw', { form: { amount: '5000', key: 'again' } });
  await own.reload();
  await box.getByText('계정을 닫을래요').click();
  await box.getByLabel('비밀번호 확인').fill(who.password);
  await box.getByRole('button', { name: '계정 닫기' }).click();
  await expect(own).toHaveURL(/\/sign-in/);
  await expect(own.getByText(/계정을 닫았어요/)).toBeVisible();

  await page.goto('/sign-in');
  await page.getByLabel('아이디').fill(who.username);
  await page.getByLabel('비밀번호', { exact: true }).fill(who.password);
  await page.getByRole('main').getByRole('button', { name: '로그인' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  audit();
});

test('an account whose auction runs says so', async ({ visit }) => {
  const who = person();
  auction({ seller: who.username });
  const { page } = await visit(who, '/settings');
  await expect(part(page, '계정 닫기')).toContainText('진행 중인 경매·거래·결제');
});

test('without a mail server nobody is promised a letter', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('link', { name: '비밀번호를 잊으셨나요?' }).click();
  await expect(page.getByText(/비밀번호를 새로 정할 수 없어요/)).toBeVisible();
  await page.goto(`/reset-password?token=${'0'.repeat(64)}`);
  await expect(page.getByRole('button')).not.toContainText(['새 비밀번호로 바꾸기']);
  const answer = await page.request.post('/api/reset_password', {
    form: { token: 'abc', new_password: 'a new and long password' },
  });
  expect(answer.status()).toBe(404);
});

test('signing in from the page of signing up leads to where one came from', async ({ page }) => {
  await page.goto('/sign-up?next=%2Fwallet');
  const link = page.getByRole('banner').getByRole('link', { name: '로그인' });
  await expect(link).toHaveAttribute('href', '/sign-in?next=%2Fwallet');
  await page.goto('/sign-in?next=https%3A%2F%2Fexample.org');
  await expect(link).toHaveAttribute('href', '/sign-in?next=%2F');
});

for (const theme of ['light', 'dark'] as const) {
  test(`the settings have no violations in the ${theme} theme`, async ({ visit, baseURL }) => {
    test.setTimeout(60_000);
    const { page, context } = await visit(person(), '/');
    await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }]);
    const found: string[] = [];
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of ['/settings', '/reset-password']) {
        await page.goto(path);
        await hydrated(page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { id, nodes } of violations) {
          found.push(...nodes.map((node) => `${path} ${width}: ${id} ${node.target} ${node.failureSummary}`));
        }
      }
    }
    expect(found).toEqual([]);
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('every form of the settings works, and says what came of it', async ({ page }) => {
    const who = person();
    await signIn(page, who, '/settings');
    await page.getByRole('main').getByLabel('우리 동네').fill('연남');
    await page.getByRole('main').getByRole('button', { name: '찾기' }).click();
    await page.getByRole('radio', { name: '연남동 서울특별시 마포구' }).check();
    await part(page, '프로필').getByLabel('별명').fill('글자만 쓰는 이웃');
    await part(page, '프로필').getByRole('button', { name: '저장하기' }).click();
    await expect(page).toHaveURL('/settings#profile');
    await expect(part(page, '프로필').getByText('저장했어요.')).toBeVisible();

    const email = part(page, '이메일');
    await email.getByLabel('이메일 주소').fill('neighbour@example.org');
    await email.getByLabel('지금 비밀번호').fill('wrong');
    await email.getByRole('button', { name: '이메일 저장하기' }).click();
    await expect(email.getByText('비밀번호가 맞지 않아요.')).toBeVisible();
    await expect(email.getByLabel('이메일 주소')).toHaveValue('neighbour@example.org');
    await email.getByLabel('지금 비밀번호').fill(who.password);
    await email.getByRole('button', { name: '이메일 저장하기' }).click();
    await expect(email.getByText('저장했어요.')).toBeVisible();
    await page.reload();
    await expect(email.getByText('저장했어요.')).toBeHidden();

    const password = part(page, '비밀번호');
    await password.getByLabel('지금 비밀번호').fill(who.password);
    await password.getByLabel('새 비밀번호').fill('another long password');
    await password.getByRole('button', { name: '비밀번호 바꾸기' }).click();
    await expect(password.getByText(/비밀번호를 바꿨어요/)).toBeVisible();
    await part(page, '계정 닫기').getByText('계정을 닫을래요').click();
    await page.getByLabel('비밀번호 확인').fill('another long password');
    await page.getByRole('button', { name: '계정 닫기' }).click();
    await expect(page.getByText(/계정을 닫았어요/)).toBeVisible();
  });
});
