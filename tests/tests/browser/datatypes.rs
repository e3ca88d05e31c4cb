//! Every kind of question that a city can ask, and what arrives when it is answered.

use std::path::Path;

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Stage, en, stage_with};

use crate::steps::{no_photos, number, start_form};

fn with_everything(test: impl AsyncFnOnce(&Stage) -> Result<()>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/everything.json");
    stage_with(&["--services", &file.display().to_string()], test);
}

/// Opens the page with all kinds of questions.
async fn open_questions(stage: &Stage) -> Result<()> {
    start_form(stage, "everything").await?;
    stage.page.fill(&en("place.label"), "4 Main St").await?;
    stage.page.press(&en("continue")).await?;
    stage.page.heading(&en("details.heading")).await
}

async fn answer_all(page: &Page) -> Result<()> {
    page.fill("A line", "Ünïcode & <b>no markup</b>").await?;
    page.fill("How many?", "1 200,5").await?;
    for (part, text) in [
        ("date.month", "2"),
        ("date.day", "29"),
        ("date.year", "2024"),
    ] {
        page.fill_in(&en(part), text, "Since when?").await?;
    }
    page.fill("What happened?", "First line\nSecond line")
        .await?;
    page.choose("Which one?", "The odd one").await?;
    page.choose("Which ones?", "The letter C").await?;
    page.choose("Which ones?", "The letter A").await?;
    page.find("combobox", "Which street?")
        .await?
        .send_keys("10th")
        .await?;
    page.fill("License plate", "R-2041").await?;
    // Eight questions are a page; the rest is on the next.
    page.press(&en("continue")).await?;
    page.fill("Which of none?", "none of them").await
}

#[test]
fn every_datatype_can_be_answered_and_arrives_as_it_was_answered() {
    with_everything(async |stage| {
        let page = &stage.page;
        open_questions(stage).await?;
        answer_all(page).await?;
        page.press(&en("continue")).await?;
        no_photos(page).await?;
        page.press(&en("contact.anonymous")).await?;

        page.heading(&en("check.heading")).await?;
        for answer in [
            "Ünïcode & <b>no markup</b>",
            "1 200,5",
            "February 29, 2024",
            "First line Second line",
            "The odd one",
            "The letter A, The letter C",
            "10th St",
            "R-2041",
            "none of them",
        ] {
            page.sees(answer).await?;
        }
        page.press(&en("send")).await?;
        number(page).await?;

        let sent = stage.host.seen("POST", "/open311/v2/requests.json");
        let body = &sent.first().context("nothing was sent")?.body;
        let pairs = frontdoor_tests::pairs(body)?;
        let attributes: Vec<(&str, &str)> = pairs
            .iter()
            .filter(|(name, _)| name.starts_with("attribute"))
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let offset = page.eval(OFFSET).await?;
        let moment = format!("2024-02-29T00:00:00{offset}");
        assert_eq!(
            attributes,
            [
                ("attribute[line]", "Ünïcode & <b>no markup</b>"),
                ("attribute[count]", "1200.5"),
                ("attribute[moment]", &moment),
                ("attribute[story]", "First line\nSecond line"),
                ("attribute[one]", "x&y=z"),
                ("attribute[many][]", "a"),
                ("attribute[many][]", "c"),
                ("attribute[long]", "10"),
                ("attribute[plate]", "R-2041"),
                ("attribute[empty]", "none of them"),
            ]
        );
        let clerk = stage.city.clerk_page().await?;
        for row in [
            "<dt>plate</dt><dd>R-2041</dd>",
            "<dt>many</dt><dd>a, c</dd>",
            "<dt>one</dt><dd>x&amp;y=z</dd>",
        ] {
            assert!(clerk.contains(row), "{row} is not in {clerk}");
        }
        Ok(())
    });
}

/// The zone of the device on that day, as in a W3C date.
const OFFSET: &str = "(() => {
  const minutes = -new Date(2024, 1, 29).getTimezoneOffset();
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, '0');
  return (minutes < 0 ? '-' : '+') + two(minutes / 60) + ':' + two(minutes % 60);
})()";

#[test]
fn what_the_city_fills_in_itself_is_never_shown_and_never_missed() {
    with_everything(async |stage| {
        let page = &stage.page;
        open_questions(stage).await?;
        let text = page.text().await?;
        for hidden in ["Source system", "Crew zone"] {
            assert!(!text.contains(hidden), "{hidden} is shown: {text}");
        }
        // Both are required; nothing on the page says so, and the form goes on without them.
        answer_all(page).await?;
        page.press(&en("continue")).await?;
        no_photos(page).await?;
        page.heading(&en("how-to-reach.heading")).await
    });
}

#[test]
fn a_notice_is_read_and_not_answered() {
    with_everything(async |stage| {
        let page = &stage.page;
        open_questions(stage).await?;
        page.sees("Read this first. It asks nothing.").await?;
        for role in ["textbox", "group", "combobox", "checkbox", "radio"] {
            let names = page.names(role).await?;
            assert!(
                !names.iter().any(|name| name.contains("Read this first")),
                "{names:?}"
            );
        }
        Ok(())
    });
}

#[test]
fn an_unknown_datatype_and_a_list_without_values_are_answered_in_words() {
    with_everything(async |stage| {
        let page = &stage.page;
        open_questions(stage).await?;
        answer_all(page).await?;
        page.holds("Which of none?", "none of them").await?;
        page.press(&en("back")).await?;
        page.holds("License plate", "R-2041").await
    });
}

#[test]
fn questions_stand_in_the_city_s_order_and_say_which_may_be_left_out() {
    with_everything(async |stage| {
        let page = &stage.page;
        open_questions(stage).await?;
        let first = page.text().await?;
        assert!(
            page.description("A line")
                .await?
                .contains("At the top of your bill")
        );
        answer_all(page).await?;
        let text = [first, page.text().await?].concat();
        let optional = |label: &str| en("optional").replace("{label}", label);
        let (of_none, last) = (
            optional("Which of none?"),
            optional("Has no place in the order"),
        );
        let labels = [
            "Read this first",
            "A line",
            "How many?",
            "Since when?",
            "What happened?",
            "Which one?",
            "Which ones?",
            "Which street?",
            "License plate",
            &of_none,
            &last,
        ];
        let mut before = 0;
        for label in labels {
            let place = text
                .find(label)
                .with_context(|| format!("{label} is not in {text}"))?;
            assert!(place > before, "{label} stands too early in {text}");
            before = place;
        }
        assert!(!text.contains(&optional("A line")), "{text}");
        Ok(())
    });
}

#[test]
fn fields_tell_the_device_what_they_are_for() {
    with_everything(async |stage| {
        let page = &stage.page;
        open_questions(stage).await?;
        let number = page.find("textbox", "How many?").await?;
        assert_eq!(number.attr("type").await?.as_deref(), Some("text"));
        let mode = number.attr("inputmode").await?.unwrap_or_default();
        assert!(["decimal", "numeric"].contains(&mode.as_str()), "{mode}");
        answer_all(page).await?;
        page.press(&en("continue")).await?;
        no_photos(page).await?;
        page.heading(&en("how-to-reach.heading")).await?;
        for (label, purpose, kind) in [
            ("first-name", "given-name", "text"),
            ("last-name", "family-name", "text"),
            ("phone", "tel", "tel"),
            ("email", "email", "email"),
        ] {
            let field = page.find("textbox", &en(label)).await?;
            assert_eq!(field.attr("autocomplete").await?.as_deref(), Some(purpose));
            assert_eq!(field.attr("type").await?.as_deref(), Some(kind));
        }
        Ok(())
    });
}
