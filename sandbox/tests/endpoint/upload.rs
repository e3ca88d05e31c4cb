//! Photos that are uploaded before their request is sent.

use crate::steps::post_request;
use crate::support::{REQUESTS, Response, Sandbox};

const GIF: &[u8] = b"GIF89a-and-the-rest";

fn form(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head =
        format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a\"\r\n\r\n");
    [head.as_bytes(), bytes, b"\r\n--cut--\r\n"].concat()
}

fn upload(sandbox: &Sandbox, name: &str, bytes: &[u8]) -> Response {
    let kind = "multipart/form-data; boundary=cut";
    sandbox.post_raw("/upload", kind, &form(name, bytes))
}

#[test]
fn an_uploaded_photo_gets_an_address_that_a_request_can_refer_to() {
    let sandbox = Sandbox::new(&[]);
    for name in ["file", "media"] {
        let uploaded = upload(&sandbox, name, GIF);
        assert_eq!(uploaded.status, 201, "{name}: {}", uploaded.text());
        assert_eq!(uploaded.header("access-control-allow-origin"), "*");
        let url = uploaded.json()["media_url"].as_str().unwrap().to_owned();
        assert!(
            url.starts_with(&format!("{}/media/", sandbox.origin)),
            "{url}"
        );
        assert_eq!(sandbox.get(&url).bytes, GIF);
        let sent = post_request(&sandbox, "website", &[("media_url", &url)]);
        assert_eq!(sent.status, 201, "{}", sent.text());
        let row = &sandbox
            .get(&format!("{REQUESTS}?page_size=1&extensions=true"))
            .rows()[0];
        assert_eq!(row["media_url"], url);
        assert_eq!(
            row["media_urls"],
            serde_json::json!([url]),
            "it is assigned to the request"
        );
    }
}

#[test]
fn anything_but_one_photo_is_refused() {
    let sandbox = Sandbox::new(&[]);
    let mut large = GIF.to_vec();
    large.resize(10 * 1024 * 1024 + 1, 0);
    for (bytes, cause) in [
        (b"<html>".as_slice(), "media is not a photo"),
        (large.as_slice(), "media is larger than 10 MB"),
        (b"", "file was not provided"),
    ] {
        let refused = upload(&sandbox, "file", bytes);
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert!(
            refused.errors()[0].starts_with(cause),
            "{:?}",
            refused.errors()
        );
    }
    let two = sandbox.post_with_files("/upload", &[], &[GIF, GIF]);
    assert_eq!(
        two.errors(),
        ["file came 2 times: send one photo at a time"]
    );
    assert_eq!(sandbox.get("/upload").status, 405);
}
