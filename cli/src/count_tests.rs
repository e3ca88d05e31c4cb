use super::*;
use crate::{file, tables};
use proptest::prelude::*;
use std::sync::LazyLock;

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(tables::all);

/// Requests as a city has them: sixty texts about three matters, at thirty addresses.
fn requests() -> Vec<Request> {
    let texts = [
        (
            "pothole",
            "There is a deep hole in the lane, cars swerve and it gets worse",
        ),
        (
            "pothole",
            "please fix the hole before somebody cracks a wheel",
        ),
        (
            "trash",
            "the truck skipped us, our trash is still at the curb",
        ),
        (
            "trash",
            "trash not picked up, it stinks and raccoons get into the bags",
        ),
        ("light", "the lamp flickers and the lane is dark"),
        ("light", "lamp is out and it is dark here"),
    ];
    let request = |index: usize| {
        let (service, text) = texts[index % texts.len()];
        Request {
            service: service.to_owned(),
            text: text.to_owned(),
            address: format!("{} Quimby Street", index % 30),
            place: format!("{} Quimby Street", index % 30),
            at: index as i64,
        }
    };
    (0..60).map(request).collect()
}

fn counted(requests: &[Request]) -> String {
    let (city, _) = count(requests, &TABLES);
    file::text(&city)
}

fn words_of(requests: &[Request]) -> Vec<String> {
    let (city, _) = count(requests, &TABLES);
    city.words.into_iter().map(|word| word.word).collect()
}

#[test]
fn words_are_counted_for_the_services_they_are_used_for() {
    let text = counted(&requests());
    assert!(text.contains(r#""hole": [20, {"pothole": 20}]"#), "{text}");
    assert!(text.contains(r#""dark": [20, {"light": 20}]"#), "{text}");
    let (city, problems) = CityWords::read(&json::parse(&text).unwrap());
    assert!(problems.invalid_values.is_empty() && problems.unknown_keys.is_empty());
    assert_eq!(city, count(&requests(), &TABLES).0);
}

#[test]
fn the_order_of_the_requests_does_not_matter() {
    let mut turned = requests();
    turned.reverse();
    assert_eq!(counted(&requests()), counted(&turned));
}

#[test]
fn a_word_of_few_requests_or_few_places_is_left_out() {
    let mut all = requests();
    for request in all
        .iter_mut()
        .filter(|request| request.service == "light")
        .take(4)
    {
        request.text.push_str(" and it wobbles");
    }
    assert!(!words_of(&all).contains(&"wobbles".to_owned()));
    let lights = || all.iter().filter(|request| request.service == "light");
    let mut same_place: Vec<Request> = lights().cloned().collect();
    for (index, request) in same_place.iter_mut().enumerate() {
        request.text.push_str(" and it rattles");
        request.place = format!("{}", index % 2);
    }
    let others = all.iter().filter(|request| request.service != "light");
    same_place.extend(others.cloned());
    assert!(!words_of(&same_place).contains(&"rattles".to_owned()));
}

#[test]
fn a_large_city_gets_a_file_of_the_promised_size() {
    // Letters instead of digits, which are never counted.
    let word = |mut number: usize| -> String {
        let mut word = String::from("zu");
        for _ in 0..4 {
            word.push(char::from(b'b' + (number % 20) as u8));
            number /= 20;
        }
        word
    };
    let request = |index: usize| Request {
        service: format!("service-{}", index % 40),
        text: format!(
            "see the {} and {} there",
            word(index % 4_000),
            word((index * 7) % 4_000)
        ),
        place: format!("{index}"),
        ..Request::default()
    };
    let all: Vec<Request> = (0..40_000).map(request).collect();
    let (city, dropped) = count(&all, &TABLES);
    assert!(city.words.len() > 300, "{} {dropped:?}", city.words.len());
    assert!(dropped.0.contains_key(&Reason::Size));
    assert!(file::text(&city).len() < 32_000);
}

/// Where something is planted in a text: before it, behind it, or between its words.
fn planted(text: &str, what: &str, place: usize) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    words.insert(place % (words.len() + 1), what);
    words.join(" ")
}

/// What must never be in the file: a name, a street, a number of a telephone, an address of e-mail.
const SECRETS: [(&str, &[&str]); 9] = [
    ("Zebulon Quackenbush", &["zebulon", "quackenbush"]),
    (
        "my name is Zebulon Quackenbush",
        &["zebulon", "quackenbush"],
    ),
    (
        "my name is zebulon quackenbush",
        &["zebulon", "quackenbush"],
    ),
    ("Mr. quackenbush", &["quackenbush"]),
    ("Frau Quackenbush", &["quackenbush"]),
    ("on Rosenhof Avenue", &["rosenhof"]),
    ("on rosenhof street", &["rosenhof"]),
    ("(555) 010-0199", &["555", "010", "0199"]),
    (
        "zebulon.quackenbush@mail.example",
        &["zebulon", "quackenbush", "mail", "example"],
    ),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_tells_about_a_person_is_never_in_the_file(
        which in 0..SECRETS.len(),
        places in proptest::collection::vec(0_usize..30, 60),
        every in 1_usize..4,
    ) {
        let (what, parts) = SECRETS[which];
        let mut all = requests();
        for (index, (request, place)) in all.iter_mut().zip(places).enumerate() {
            if index % every == 0 {
                request.text = planted(&request.text, what, place);
            }
        }
        let text = counted(&all);
        for part in parts {
            let quoted = format!("\"{part}");
            prop_assert!(!text.contains(&quoted), "{part} of {what}: {text}");
        }
    }

    #[test]
    fn no_word_of_an_address_is_in_the_file(places in proptest::collection::vec(0_usize..30, 60)) {
        let mut all = requests();
        for (request, place) in all.iter_mut().zip(places) {
            request.text = planted(&request.text, "quimby", place);
        }
        prop_assert!(!counted(&all).contains("quimby"));
    }

    #[test]
    fn a_german_name_is_never_in_the_file(
        which in 0_usize..5,
        places in proptest::collection::vec(0_usize..12, 40),
    ) {
        let what = [
            "Herr Quackenbusch", "Familie Quackenbusch", "Quackenbusch", "ich heiße Quackenbusch",
            "in der Quackenbuschstraße",
        ][which];
        let mut all: Vec<Request> = Vec::new();
        for (index, place) in places.into_iter().enumerate() {
            let (service, text) = [
                ("muell", "Der Müll wurde bei uns schon wieder nicht abgeholt und liegt auf dem Gehweg"),
                ("licht", "Die Laterne vor dem Haus ist kaputt und es ist hier sehr dunkel"),
            ][index % 2];
            all.push(Request {
                service: service.to_owned(),
                text: planted(text, what, place),
                place: format!("{index}"),
                ..Request::default()
            });
        }
        let text = counted(&all);
        prop_assert!(!text.contains("quackenbusch"), "{text}");
        prop_assert!(text.contains("dunkel"), "{text}");
    }

    #[test]
    fn any_text_can_be_counted(texts in proptest::collection::vec("\\PC{0,200}", 0..12)) {
        let request = |text: String| Request { service: "a".to_owned(), place: text.clone(), text, ..Request::default() };
        let all: Vec<Request> = texts.into_iter().map(request).collect();
        counted(&all);
    }
}
