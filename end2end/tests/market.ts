// What a spec asks of the market behind its back: people with money, auctions close to their end, balances. A
// program of its own (server/testing), never part of what is shipped.
import { execFileSync } from 'node:child_process';

export type Person = { username: string; password: string };

export type Opening = {
  seller: string;
  reach?: 'national' | 'neighbourhood';
  endsIn?: number;
  startsIn?: number;
  start?: number;
  unit?: number;
  soft?: string;
  buyNow?: number;
  reserve?: number;
  onHandover?: boolean;
  title?: string;
};

function testing(...words: string[]): string {
  const program = process.env.E2E_TESTING;
  if (!program) throw new Error('E2E_TESTING names the program of server/testing: run by `make test`');
  return execFileSync(program, words, { encoding: 'utf8' }).trim();
}

let people = 0;

// Somebody with `deposit` won, whom no other spec knows.
export function person(deposit = 0, name = 'user'): Person {
  people += 1;
  const username = `${name}-${process.pid}-${people}`;
  const password = `the password of ${people}`;
  testing('person', '--username', username, '--password', password, '--deposit', String(deposit));
  return { username, password };
}

// Makes somebody staff.
export function staff(person: Person): Person {
  testing('staff', person.username);
  return person;
}

// The id of a fresh auction, 20 minutes long unless told otherwise.
export function auction(opening: Opening): string {
  const words = [
    'open',
    ...['--seller', opening.seller],
    ...['--reach', opening.reach ?? 'national'],
    ...['--ends-in', String(opening.endsIn ?? 1200)],
    ...['--start', String(opening.start ?? 10_000)],
    ...['--unit', String(opening.unit ?? 1_000)],
  ];
  if (opening.startsIn) words.push('--starts-in', String(opening.startsIn));
  if (opening.soft) words.push('--soft', opening.soft);
  if (opening.buyNow) words.push('--buy-now', String(opening.buyNow));
  if (opening.reserve) words.push('--reserve', String(opening.reserve));
  if (opening.onHandover) words.push('--on-handover');
  if (opening.title) words.push('--title', opening.title);
  return testing(...words);
}

// Available and held, in won.
export function wallet(person: Person): { available: number; held: number } {
  const [available, held] = testing('wallet', '--username', person.username).split(/\s+/).map(Number);
  return { available: available ?? NaN, held: held ?? NaN };
}

// Fails when an invariant of the books does not hold.
export function audit() {
  testing('audit');
}
