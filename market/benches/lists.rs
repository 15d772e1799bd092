//! The list page's queries with many auctions in the database: `cargo bench -p market --features postgres
//! --bench lists`, with `DATABASE_URL` naming a PostgreSQL whose databases may be made and dropped.
//! `AUCTIONS` says how many [200000]; with `KEEP` the database stays, to look into and to be measured again.
//!
//! A row is a page as somebody asks for it, both of its statements together, warm. Nothing fails for being
//! slow: what is over the limit is marked.

use std::time::{Duration, Instant as Moment};

use market::{
    UserId,
    people::NewPerson,
    search,
    store::{Clock, Market},
    view::{Filter, ListQuery},
};
use sqlx::{Connection, PgConnection, PgPool, postgres::PgConnectOptions};

const DATABASE: &str = "market_bench_lists";
const ROUNDS: usize = 40;
const LIMIT: Duration = Duration::from_millis(5);

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

#[tokio::main]
async fn main() {
    let count: i64 = std::env::var("AUCTIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(200_000);
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL names a PostgreSQL");
    let server: PgConnectOptions = url.parse().expect("DATABASE_URL is a URL");
    let kept = std::env::var_os("KEEP").is_some();
    let market = opened(&server, kept).await;
    let pool = PgPool::connect_with(server.clone().database(DATABASE)).await.expect("a pool");
    let there = sqlx::query_scalar("SELECT id FROM users WHERE username = 'viewer'").fetch_optional(&pool);
    let viewer = match there.await.expect("an answer") {
        Some(viewer) => UserId(viewer),
        None => fill(&market, &pool, count).await,
    };
    let began = Moment::now();
    sqlx::raw_sql("VACUUM ANALYZE").execute(&pool).await.expect("statistics");
    println!("{count} auctions; vacuumed in {:.1?}; 24 cards a page, {ROUNDS} rounds", began.elapsed());
    println!("{:34} {:>7} {:>9} {:>9}", "page", "found", "p50 ms", "p99 ms");
    for (name, query) in pages() {
        measure(&market, name, &query, viewer).await;
    }
    measure_deep(&market, viewer).await;
    pool.close().await;
    market.disconnect().await;
    if !kept {
        drop_database(&server).await;
    }
}

fn pages() -> Vec<(&'static str, ListQuery)> {
    let page = |pairs: &[(&str, &str)]| {
        let mut query = ListQuery::default();
        for (field, value) in pairs {
            let value = (*value).to_owned();
            match *field {
                "q" => query.q = value,
                "region" => query.region = value,
                "category" => query.category = value,
                "min" => query.min_price = value,
                "max" => query.max_price = value,
                "condition" => query.condition = value,
                "reach" => query.reach = value,
                "status" => query.status = value,
                _ => query.sort = value,
            }
        }
        query
    };
    let dear = [("category", "가구-인테리어"), ("min", "900000"), ("max", "950000"), ("condition", "S")];
    vec![
        ("ending soon", page(&[])),
        ("new", page(&[("sort", "new")])),
        ("price up", page(&[("sort", "price_up")])),
        ("price down", page(&[("sort", "price_down")])),
        ("most bids", page(&[("sort", "most_bids")])),
        ("near", page(&[("sort", "near")])),
        ("near, category", page(&[("sort", "near"), ("category", "가구-인테리어")])),
        ("region 시/군/구", page(&[("region", "11440")])),
        ("region 동, neighbourhood", page(&[("region", "11440123"), ("reach", "neighbourhood")])),
        ("region 시/도, by price", page(&[("region", "11"), ("sort", "price_up")])),
        ("category", page(&[("category", "가구-인테리어")])),
        ("category, narrow price, condition", page(&dear)),
        ("narrow price, new", page(&[("min", "500000"), ("max", "501000"), ("sort", "new")])),
        ("scheduled", page(&[("status", "scheduled")])),
        ("scheduled, new", page(&[("status", "scheduled"), ("sort", "new")])),
        ("ended", page(&[("status", "ended")])),
        ("ended, price down", page(&[("status", "ended"), ("sort", "price_down")])),
        (
            "ended, most bids, category",
            page(&[("status", "ended"), ("sort", "most_bids"), ("category", "가구-인테리어")]),
        ),
        ("ended, near", page(&[("status", "ended"), ("sort", "near")])),
        ("ended, region 시/군/구, new", page(&[("status", "ended"), ("region", "11440"), ("sort", "new")])),
        ("scheduled, near", page(&[("status", "scheduled"), ("sort", "near")])),
        ("scheduled, category", page(&[("status", "scheduled"), ("category", "가구-인테리어")])),
        ("condition, price down", page(&[("condition", "C"), ("sort", "price_down")])),
        ("national, new", page(&[("reach", "national"), ("sort", "new")])),
        (
            "near, 동, neighbourhood",
            page(&[("sort", "near"), ("region", "11440123"), ("reach", "neighbourhood")]),
        ),
        ("search 의자", page(&[("q", "의자")])),
        ("search 라이카 의자, price", page(&[("q", "라이카 의자"), ("sort", "price_up")])),
        ("search 라이카 렌즈 한정판", page(&[("q", "라이카 렌즈 한정판")])),
        ("search 책", page(&[("q", "책")])),
        ("search english: leica lens", page(&[("q", "leica lens")])),
        ("search 초성 ㄹㅇㅋ", page(&[("q", "ㄹㅇㅋ")])),
        ("search 초성 ㅁㅅㅌㄹ", page(&[("q", "ㅁㅅㅌㄹ")])),
        ("search typo 라이까", page(&[("q", "라이까")])),
        ("search typo lieca, ended", page(&[("q", "lieca"), ("status", "ended")])),
        ("search rare 12345", page(&[("q", "12345")])),
        ("search nothing 뷁뷁뷁뷁", page(&[("q", "뷁뷁뷁뷁")])),
        ("search 의자, region, new", page(&[("q", "의자"), ("region", "11440"), ("sort", "new")])),
        ("search 의자, near", page(&[("q", "의자"), ("sort", "near")])),
    ]
}

async fn measure(market: &Market, name: &str, query: &ListQuery, viewer: UserId) {
    let filter = Filter::read(query);
    let mut times = Vec::with_capacity(ROUNDS);
    let mut found = 0;
    for _ in 0..=ROUNDS {
        let began = Moment::now();
        found = market.list(&filter, Some(viewer)).await.expect("a page").count;
        times.push(began.elapsed());
    }
    // The first one warms what the others are measured with.
    report(name, found, times.split_off(1));
}

/// A page that is reached by a hundred others.
async fn measure_deep(market: &Market, viewer: UserId) {
    for (name, sort) in [("deep, ending soon", "ending_soon"), ("deep, near", "near")] {
        let mut query = ListQuery { sort: sort.to_owned(), ..ListQuery::default() };
        let (mut times, mut found) = (Vec::new(), 0);
        for number in 0..100 + ROUNDS {
            let began = Moment::now();
            let page = market.list(&Filter::read(&query), Some(viewer)).await.expect("a page");
            if number >= 100 {
                times.push(began.elapsed());
            }
            found = page.count;
            let Some(next) = page.next else { break };
            query.after = next;
        }
        report(name, found, times);
    }
}

fn report(name: &str, found: i64, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    let mark = if at(50) > LIMIT { "  over 5 ms" } else { "" };
    let ms = |time: Duration| format!("{}.{:02}", time.as_millis(), time.as_micros() / 10 % 100);
    println!("{name:34} {found:>7} {:>9} {:>9}{mark}", ms(at(50)), ms(at(99)));
}

async fn drop_database(server: &PgConnectOptions) {
    let mut admin = PgConnection::connect_with(server).await.expect("a PostgreSQL");
    let drop = format!("DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)");
    sqlx::raw_sql(sqlx::AssertSqlSafe(drop)).execute(&mut admin).await.expect("no database");
}

/// A market of its own; one that was kept is used again.
async fn opened(server: &PgConnectOptions, kept: bool) -> Market {
    let mut admin = PgConnection::connect_with(server).await.expect("a PostgreSQL");
    let there = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)");
    let there: bool = there.bind(DATABASE).fetch_one(&mut admin).await.expect("an answer");
    if !(kept && there) {
        drop_database(server).await;
        let create = format!("CREATE DATABASE {DATABASE}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(create)).execute(&mut admin).await.expect("a database");
    }
    let options = server.clone().database(DATABASE);
    let market = Market::connect(options, 4, Clock::Database).await.expect("a market");
    market.migrate().await.expect("the schema");
    market
}

/// Three of ten run, one of a hundred will, the others are over; four of ten are national.
async fn fill(market: &Market, pool: &PgPool, count: i64) -> UserId {
    let person = |name: &str| NewPerson {
        username: name.to_owned(),
        nickname: name.to_owned(),
        email: None,
        region: Some("11440123".to_owned()),
        password: String::new(),
    };
    let seller = market.add_person(&person("seller"), None).await.expect("a seller");
    let viewer = market.add_person(&person("viewer"), None).await.expect("a viewer");
    let now = market.now().await.expect("the time");
    let (began, chunk) = (Moment::now(), 5_000);
    for from in (0..count).step_by(5_000) {
        let numbers: Vec<i64> = (from..count.min(from + chunk)).collect();
        let titles: Vec<String> = numbers.iter().map(|number| title(*number)).collect();
        let grams: Vec<String> = titles.iter().map(|title| search::grams(title).join(" ")).collect();
        sqlx::query(FILL)
            .bind(&numbers)
            .bind(&titles)
            .bind(&grams)
            .bind(seller.0)
            .bind(now)
            .bind(search::VERSION)
            .execute(pool)
            .await
            .expect("auctions");
    }
    for title in (0..THINGS.len() * 12).map(|number| title(i64::try_from(number).unwrap_or(0))) {
        for word in search::vocabulary(&title) {
            let learn =
                "INSERT INTO words (word, grams, deletions) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
            let learn = sqlx::query(learn).bind(&word).bind(search::grams(&word));
            learn.bind(search::deletions(&word)).execute(pool).await.expect("a word");
        }
    }
    println!("filled in {:.1?}", began.elapsed());
    viewer
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
