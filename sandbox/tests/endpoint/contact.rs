//! How a resident wants to be contacted, and the descriptions of photos: both only for the clerk.

use crate::steps::{clerk_page, id_of, new_request, post_request};
use crate::support::{REQUESTS, Sandbox};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n-a-picture";
const GIF: &[u8] = b"GIF89a-another";
const SERVICE: &str = "website";
const REQUEST: [(&str, &str); 2] = [("service_code", SERVICE), ("address_string", "12 Main St")];

#[test]
fn only_the_clerk_sees_how_a_resident_wants_to_be_contacted() {
    let sandbox = Sandbox::new(&[]);
    for channel in ["phone", "text", "email", "post", "none"] {
        let fields = [
            ("preferred_contact", channel),
            ("postal_address", "7 Elm <St>, Riverton"),
        ];
        let id = new_request(&sandbox, SERVICE, &fields);
        let page = clerk_page(&sandbox, &id);
        assert!(
            page.contains(&format!("<dt>preferred_contact</dt><dd>{channel}</dd>")),
            "{page}"
        );
        assert!(page.contains("<dt>postal_address</dt><dd>7 Elm &lt;St&gt;, Riverton</dd>"));
        let public = sandbox.get(&format!("{REQUESTS}?page_size=1&extensions=true"));
        assert!(!public.text().contains("7 Elm"), "{}", public.text());
    }
}

#[test]
fn an_unknown_contact_channel_and_a_long_address_are_refused() {
    let sandbox = Sandbox::new(&[]);
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
        let refused = post_request(&sandbox, SERVICE, &[field]);
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert!(
            refused.errors()[0].starts_with(cause),
            "{:?}",
            refused.errors()
        );
    }
}

#[test]
fn each_photo_keeps_its_description() {
    let sandbox = Sandbox::new(&[]);
    let mut fields = REQUEST.to_vec();
    fields.extend([
        ("media_description", ""),
        ("media_description", "The \"broken\" page"),
    ]);
    let sent = sandbox.post_with_files(REQUESTS, &fields, &[PNG, GIF]);
    let page = clerk_page(&sandbox, &id_of(&sent));
    let after = |start: &str| page.split_once(start).unwrap().1.to_owned();
    let alternatives: Vec<String> = page
        .match_indices(" alt=\"")
        .map(|(at, _)| page[at + 6..].split('"').next().unwrap().to_owned())
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
    let refused = sandbox.post_with_files(REQUESTS, &fields, &[PNG]);
    assert_eq!(refused.status, 400);
    assert!(refused.errors()[0].starts_with("media_description has 501 characters"));
}
