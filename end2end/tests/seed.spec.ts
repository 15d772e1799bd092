// The scene from which the market grew: money can be held once.
import { askFor, panelOf } from './auction-page';
import { expect, forgive, Frames, hydrated, listen, test } from './fixtures';
import { auction, audit, person, wallet } from './market';

test('10,000 in two tabs on two auctions at the same moment is one bid', async ({ visit, complaints }) => {
  const ids = [1, 2].map(() => auction({ seller: person().username }));
  const rich = person(10_000);
  const first = await visit(rich, `/auctions/${ids[0]}`);
  const second = await first.context.newPage();
  listen(second, complaints);
  const frames = new Frames(second);
  await second.goto(`/auctions/${ids[1]}`);
  await hydrated(second);
  await Promise.all([first.frames.hear('me'), frames.hear('me')]);

  const tabs = [first.page, second];
  const buttons = [await askFor(first.page, 10_000), await askFor(second, 10_000)];
  await Promise.all(buttons.map((button) => button.click()));

  const outcome = /최고 입찰이에요|이 경매에 쓸 수 있는 금액은 0원이에요/;
  for (const tab of tabs) await expect(panelOf(tab).getByText(outcome)).toBeVisible();
  const led = await Promise.all(tabs.map((tab) => panelOf(tab).getByText('최고 입찰이에요').count()));
  expect(led.toSorted()).toEqual([0, 1]);
  expect(wallet(rich)).toEqual({ available: 0, held: 10_000 });
  for (const tab of tabs) {
    await expect(tab.getByRole('banner').getByRole('link', { name: '사용 가능' })).toContainText('0원');
  }
  forgive(complaints, 409);
  audit();
});
