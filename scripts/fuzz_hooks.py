"""Hooks of schemathesis for scripts/fuzz.sh: who asks, and for what.

The description cannot know which auctions there are, nor which price comes next. Of what the fuzzer makes up, two of
three ids become small numbers, which exist in the demo, and every other form becomes a sound one but for its ids, so
that operations are reached and not only their doors. Nothing is random: the requests of a seed are always the same.
"""

import itertools
import os
import zlib

import schemathesis

# Many people, so that the limits of one do not hide what lies behind them; every seventh request is a visitor's.
TOKENS = itertools.cycle(os.environ["FUZZ_TOKENS"].split() + [""])
# As many auctions and people as the demo has, or so.
KNOWN = 40
IDS = {"auction_id", "id", "question_id", "search_id", "from", "auction"}


# What a form can be made sound with; a server function leaves alone what it does not know.
SOUND = {
    "title": "의자",
    "category": "기타",
    "condition": "A",
    "shipping": "seller",
    "pictures": "",
    "reach": "national",
    "region": "",
    "start_price": "10000",
    "increment": "1000",
    "buy_now": "5000000",
    "reserve": "",
    "start": "now",
    "duration": "1440",
    "soft_close": "usual",
    "settlement": "on_handover",
    "addition": "덧붙임",
    "answer": "네",
}


def _number(value):
    """The same for the same."""
    return zlib.crc32(repr(value).encode())


def _known(value):
    """A small number in the place of most of what was made up."""
    number = _number(value)
    return value if number % 3 == 0 else str(1 + number // 3 % KNOWN)


def _with_known_ids(values):
    if not isinstance(values, dict):
        return values
    return {name: _known(value) if name in IDS else value for name, value in values.items()}


@schemathesis.hook
def map_query(context, query):
    return _with_known_ids(query)


@schemathesis.hook
def map_body(context, body):
    body = _with_known_ids(body)
    number = _number(body)
    if not isinstance(body, dict) or "picture" in body or number % 2:
        return body
    amount = {"key": f"key-{number}", "amount": str(1000 * (10 + number // 2 % 3000))}
    return {**body, **SOUND, **amount, "auction_id": str(1 + number // 2 % KNOWN)}


@schemathesis.hook
def before_call(context, case, **kwargs):
    token = next(TOKENS)
    case.headers = {name: value for name, value in (case.headers or {}).items() if name.lower() != "authorization"}
    if token:
        case.headers["Authorization"] = f"Bearer {token}"
