//! The regions that a list can be narrowed to without typing: mine, from near to far, and the 시/도.

use market::view::{Me, Region};

/// The 시/도 (`data/regions.csv`), each with its code.
const PROVINCES: [(&str, &str); 17] = [
    ("11", "서울특별시"),
    ("26", "부산광역시"),
    ("27", "대구광역시"),
    ("28", "인천광역시"),
    ("29", "광주광역시"),
    ("30", "대전광역시"),
    ("31", "울산광역시"),
    ("36", "세종특별자치시"),
    ("41", "경기도"),
    ("42", "강원특별자치도"),
    ("43", "충청북도"),
    ("44", "충청남도"),
    ("45", "전라북도"),
    ("46", "전라남도"),
    ("47", "경상북도"),
    ("48", "경상남도"),
    ("50", "제주특별자치도"),
];

/// The length of a 시/군/구's code.
const DISTRICT: usize = 5;

/// What the address says for the whole country.
pub const EVERYWHERE: &str = "all";

/// The choices, as the address's word and what people read; `chosen` is among them if it is a region. `shown`
/// is the region of the list.
pub fn choices(me: Option<&Me>, shown: Option<&Region>, chosen: &str) -> Vec<(String, String)> {
    let everywhere = tr!(home.filter.everywhere).to_owned();
    let mut choices = Vec::new();
    match me.and_then(|me| me.region.as_ref()) {
        Some(home) => {
            choices.extend(around(home));
            choices.push((EVERYWHERE.to_owned(), everywhere));
        }
        None if chosen == EVERYWHERE => choices.push((EVERYWHERE.to_owned(), everywhere)),
        None => choices.push((String::new(), everywhere)),
    }
    for (code, name) in PROVINCES {
        choices.push((code.to_owned(), name.to_owned()));
    }
    let is_known = |choices: &[(String, String)]| choices.iter().any(|(code, _)| code == chosen);
    if let Some(region) = shown.filter(|region| region.code == chosen && !is_known(&choices)) {
        choices.push((region.code.clone(), region.full_name.clone()));
    }
    choices
}

/// My 시/군/구, which is shown when nothing is chosen, and my 동.
fn around(home: &Region) -> Vec<(String, String)> {
    let names: Vec<&str> = home.full_name.split(' ').collect();
    let district = if home.code.len() > DISTRICT && names.len() > 1 {
        names[..names.len() - 1].last().copied().unwrap_or(&home.name)
    } else {
        &home.name
    };
    let mut around = vec![(String::new(), tr!(home.filter.mine, name = district.to_owned()).to_string())];
    if home.code.len() > DISTRICT {
        around.push((home.code.clone(), home.name.clone()));
    }
    around
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_provinces_are_those_of_the_shipped_file() {
        let file = include_str!("../../../../market/data/regions.csv");
        let shipped: Vec<(&str, &str)> = file
            .lines()
            .map(|line| line.split(',').collect::<Vec<_>>())
            .filter(|fields| fields[2] == "1")
            .map(|fields| (fields[0], fields[3]))
            .collect();
        assert_eq!(shipped, PROVINCES);
    }
}
