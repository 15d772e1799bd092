-- What people are told of, complete: talk, handover, reviews, reminders and finds beside bids and money.

ALTER TABLE notices DROP CONSTRAINT notices_kind_check;
ALTER TABLE notices ADD CONSTRAINT notices_kind_check
    CHECK (kind IN ('outbid', 'new_bid', 'won', 'lost', 'sold', 'unsold', 'refunded', 'paid', 'disputed',
                    'cancelled', 'question', 'answer', 'message', 'ending_soon', 'found', 'handed_over',
                    'review'));
