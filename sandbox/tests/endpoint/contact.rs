//! How a resident wants to hear from the city, and what their photos show: for the clerk alone.

use crate::support::{BASE, Folder, Sandbox};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n-a-picture";
const GIF: &[u8] = b"GIF89a-another";
const REQUEST: [(&str, &str); 2] = [
    ("service_code", "website"),
    ("address_string", "12 Main St"),
];

fn path() -> String {
    format!("{BASE}/requests.json")
}

/// The clerk's page of the newest request.
fn clerk_page(sandbox: &Sandbox) -> String {
    let id = sandbox.get(&format!("{}?page_size=1", path())).rows()[0]["service_request_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let number: u32 = id.rsplit_once('-').unwrap().1.parse().unwrap();
    sandbox.get(&format!("/clerk/{number}")).text().to_owned()
}

#[test]
fn the_clerk_sees_how_a_resident_wants_to_be_reached_and_the_public_does_not() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    for way in ["phone", "text", "email", "post", "none"] {
        let mut fields = REQUEST.to_vec();
        fields.extend([
            ("preferred_contact", way),
            ("postal_address", "7 Elm <St>, Riverton"),
        ]);
        let sent = sandbox.post(&path(), &fields);
        assert_eq!(sent.status, 201, "{way}: {}", sent.text());
        let page = clerk_page(&sandbox);
        assert!(
            page.contains(&format!("<dt>preferred_contact</dt><dd>{way}</dd>")),
            "{page}"
        );
        assert!(page.contains("<dt>postal_address</dt><dd>7 Elm &lt;St&gt;, Riverton</dd>"));
        let public = sandbox.get(&format!("{}?page_size=1&extensions=true", path()));
        assert!(!public.text().contains("7 Elm"), "{}", public.text());
    }
}

#[test]
fn a_way_to_be_reached_that_no_one_knows_is_refused() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let long = "x".repeat(501);
    for (field, cause) in [
        (
            ("preferred_contact", "pigeon"),
            "preferred_contact pigeon is not known: use phone",
        ),
        (
            ("postal_address", long.as_str()),
            "postal_address has 501 characters",
        ),
    ] {
        let mut fields = REQUEST.to_vec();
        fields.push(field);
        let answer = sandbox.post(&path(), &fields);
        assert_eq!(answer.status, 400, "{}", answer.text());
        assert!(
            answer.errors()[0].starts_with(cause),
            "{:?}",
            answer.errors()
        );
    }
}

#[test]
fn what_a_photo_shows_stays_with_it_in_the_order_of_the_files() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let mut fields = REQUEST.to_vec();
    fields.extend([
        ("media_description", ""),
        ("media_description", "The \"broken\" page"),
    ]);
    let sent = sandbox.post_with_files(&path(), &fields, &[PNG, GIF]);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let page = clerk_page(&sandbox);
    let after = |start: &str| page.split_once(start).unwrap().1.to_owned();
    let alternatives: Vec<String> = page
        .match_indices(" alt=\"")
        .map(|(place, _)| page[place + 6..].split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(
        alternatives,
        [
            "Photo that came with the request",
            "The &quot;broken&quot; page"
        ]
    );
    let first = after("<img src=\"").split('"').next().unwrap().to_owned();
    assert_eq!(sandbox.get(&first).bytes, PNG);

    let mut fields = REQUEST.to_vec();
    let long = "x".repeat(501);
    fields.push(("media_description", &long));
    let refused = sandbox.post_with_files(&path(), &fields, &[PNG]);
    assert_eq!(refused.status, 400);
    assert!(refused.errors()[0].starts_with("media_description has 501 characters"));
}
