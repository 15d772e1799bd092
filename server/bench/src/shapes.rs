//! Lists as people ask for them.

use market::view::ListQuery;

/// Each by name.
pub fn shapes() -> Vec<(&'static str, ListQuery)> {
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
