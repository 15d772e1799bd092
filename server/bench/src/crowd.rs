//! A market with as many auctions as one likes, filled by one statement a few thousand.

use anyhow::Context;
use market::{Instant, UserId, search};
use sqlx::PgPool;

use crate::{fill, place::Place};

/// Rows a statement.
const CHUNK: i64 = 5_000;

/// Titles are one of each, so that some words are in every tenth title and some in every ten-thousandth.
const MAKERS: [&str; 12] =
    ["라이카", "소니", "캐논", "니콘", "나이키", "이케아", "레고", "애플", "삼성", "LG", "브롬톤", "국내산"];
const THINGS: [&str; 24] = [
    "필름카메라",
    "라운지 체어",
    "의자",
    "책상",
    "노트북",
    "헤드폰",
    "통기타",
    "자전거",
    "텐트",
    "램프",
    "소파",
    "세탁기",
    "운동화",
    "트렌치코트",
    "손목시계",
    "화병",
    "그림책",
    "유모차",
    "커피머신",
    "턴테이블",
    "키보드",
    "렌즈",
    "냄비 세트",
    "몬스테라",
];
const STATES: [&str; 8] =
    ["미사용", "풀박스", "급처", "정품", "빈티지", "새것 같은", "한정판", "사용감 있는"];

/// Auctions of one seller, in every 동, category and state; more can be added.
pub struct Crowd {
    seller: UserId,
    /// Who looks at them: somebody who lives in a 동.
    pub viewer: UserId,
    /// When it was begun: what runs and what is over is counted from there.
    now: Instant,
    count: i64,
}

impl Crowd {
    /// Nobody sells anything yet.
    pub async fn new(place: &Place) -> anyhow::Result<Self> {
        let people = fill::people(place, 2, "crowd ").await?;
        let [seller, viewer] = people.try_into().ok().context("two people")?;
        for number in 0..i64::try_from(THINGS.len() * MAKERS.len())? {
            for word in search::vocabulary(&title(number)) {
                let learn =
                    "INSERT INTO words (word, grams, deletions) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
                let learn = sqlx::query(learn).bind(&word).bind(search::grams(&word));
                learn.bind(search::deletions(&word)).execute(&place.pool).await?;
            }
        }
        Ok(Self { seller, viewer, now: place.market.now().await?, count: 0 })
    }

    /// Adds auctions until there are `count`. Three of ten run, one of a hundred will, the others are over;
    /// four of ten are national.
    pub async fn grow(&mut self, place: &Place, count: i64) -> anyhow::Result<()> {
        // Two at a time: the machine has as many cores.
        let half = self.count + (count - self.count) / 2;
        tokio::try_join!(self.fill(&place.pool, self.count, half), self.fill(&place.pool, half, count))?;
        self.count = count;
        sqlx::raw_sql("VACUUM ANALYZE").execute(&place.pool).await?;
        Ok(())
    }

    async fn fill(&self, pool: &PgPool, from: i64, to: i64) -> anyhow::Result<()> {
        let mut connection = pool.acquire().await?;
        // Only what is measured has to last.
        sqlx::raw_sql("SET synchronous_commit = off").execute(&mut *connection).await?;
        let mut from = from;
        while from < to {
            let numbers: Vec<i64> = (from..to.min(from + CHUNK)).collect();
            let titles: Vec<String> = numbers.iter().map(|number| title(*number)).collect();
            let grams: Vec<String> = titles.iter().map(|title| search::grams(title).join(" ")).collect();
            let fill = sqlx::query(FILL).bind(&numbers).bind(&titles).bind(&grams).bind(self.seller.0);
            fill.bind(self.now).bind(search::VERSION).execute(&mut *connection).await?;
            from += CHUNK;
        }
        sqlx::raw_sql("RESET synchronous_commit").execute(&mut *connection).await?;
        Ok(())
    }
}

fn title(number: i64) -> String {
    let pick = |words: &[&str], salt: u64| {
        let count = words.len() as u64;
        // Squared, so that the first words are rare and the last ones common.
        let place = mixed(number.unsigned_abs() ^ salt) % (count * count);
        let word = (0..count).find(|word| (word + 1) * (word + 1) > place).unwrap_or(0);
        words[usize::try_from(word).unwrap_or(0)].to_owned()
    };
    format!("{} {} {} {number}", pick(&MAKERS, 1 << 40), pick(&STATES, 1 << 41), pick(&THINGS, 1 << 42))
}

/// Numbers without a pattern (splitmix64, S. Vigna).
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

const FILL: &str = "
    INSERT INTO auctions (seller_id, key, title, description, category_id, condition, shipping, art, reach,
        region_code, start_price, increment, settlement, opened_at, starts_at, ends_at, first_end, status,
        closed_at, bid_count, bidder_count, grams, grams_version)
    SELECT $4, 'bench ' || n, title, '', c.ids[1 + abs(hashint8(n)) % array_length(c.ids, 1)],
        (ARRAY['new', 'S', 'A', 'B', 'C'])[1 + abs(hashint8(n + 1)) % 5], 'seller', 'misc',
        CASE WHEN abs(hashint8(n + 2)) % 10 < 4 THEN 'national' ELSE 'neighbourhood' END,
        r.codes[1 + abs(hashint8(n + 3)) % array_length(r.codes, 1)],
        1000 * (1 + abs(hashint8(n + 4)) % 2000), '{\"kind\":\"fixed\",\"unit\":1000}', 'on_close',
        t.starts_at - interval '1 hour', t.starts_at, e.ends_at, e.ends_at,
        CASE WHEN e.ends_at > $5 THEN 'live' ELSE 'unsold' END,
        CASE WHEN e.ends_at > $5 THEN NULL ELSE e.ends_at END,
        abs(hashint8(n + 5)) % 60, 0, string_to_array(g.grams, ' '), $6
    FROM unnest($1::bigint[], $2::text[], $3::text[]) AS g (n, title, grams)
    CROSS JOIN (SELECT array_agg(id ORDER BY id) AS ids FROM categories) c
    CROSS JOIN (SELECT array_agg(code ORDER BY code) AS codes FROM regions WHERE depth = 3) r
    CROSS JOIN LATERAL (SELECT CASE
        WHEN n % 100 = 7 THEN $5 + make_interval(secs => n * 37 % 600000)
        WHEN n % 10 < 3 THEN $5 - make_interval(secs => n * 37 % 1700000)
        ELSE $5 - interval '20 days' - make_interval(secs => n * 37 % 1700000) END AS starts_at) t
    CROSS JOIN LATERAL (SELECT t.starts_at + interval '20 days' AS ends_at) e";
