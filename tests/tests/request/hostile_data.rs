//! Services and definitions written by somebody who means harm.

use frontdoor_tests::steps::common::{go_on, nothing_ran, open_services};
use frontdoor_tests::{Reply, en, stage};
use serde_json::json;

/// Markup that runs if it gets into the page, and an override that reverses the text after it.
const HOSTILE: &str =
    "<img src=x onerror=window.ran=1><script>window.ran=1</script>\u{202e}Pot<b>hole</b>";

#[test]
fn markup_and_direction_overrides_in_a_service_are_text() {
    stage(async |stage| {
        let page = &stage.page;
        let services = json!([{ "service_code": "evil", "service_name": HOSTILE, "description": HOSTILE, "metadata": true, "type": "realtime",
                                "keywords": HOSTILE, "group": HOSTILE }]);
        let definition = json!({ "service_code": "evil", "attributes": [
            { "code": "note", "variable": false, "description": HOSTILE, "order": 1 },
            { "code": HOSTILE, "variable": true, "datatype": "string", "required": true, "description": HOSTILE, "datatype_description": HOSTILE, "order": 2 },
            { "code": "one", "variable": true, "datatype": "singlevaluelist", "required": true, "description": "Choose", "order": 3,
              "values": [{ "key": HOSTILE, "name": HOSTILE }] },
        ]});
        let services = Reply::json(services.to_string());
        stage.host.answer(
            "/open311/v2/services/*",
            Reply::json(definition.to_string()),
        );
        open_services(stage, services).await?;
        page.sees("Pot").await?;
        let name = page
            .names("link")
            .await?
            .into_iter()
            .find(|name| name.contains("Pot"))
            .unwrap_or_default();
        nothing_ran(page).await?;
        page.press(&name).await?;
        page.heading(&en("place.heading")).await?;
        nothing_ran(page).await?;
        page.fill(&en("place.label"), HOSTILE).await?;
        go_on(page, "details.heading").await?;
        page.sees("Pothole").await?;
        nothing_ran(page).await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        nothing_ran(page).await
    });
}
