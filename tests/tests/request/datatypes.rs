//! Every datatype of a question, and what arrives when it is answered.

use std::path::Path;

use anyhow::{Context, Result};
use frontdoor_tests::steps::request::{
    fill_date, open_form, posted_fields, sent_number, skip_photos, to_details,
};
use frontdoor_tests::{Page, Stage, en, stage_with};

/// Runs a test with a service that has every datatype.
fn with_everything(test: impl AsyncFnOnce(&Stage) -> Result<()>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/everything.json");
    stage_with(&["--services", &file.display().to_string()], test);
}

async fn open_questions(stage: &Stage) -> Result<()> {
    open_form(stage, "everything").await?;
    to_details(&stage.page).await
}

async fn answer_all(page: &Page) -> Result<()> {
    page.fill("A line", "Ünïcode & <b>no markup</b>").await?;
    page.fill("How many?", "1 200,5").await?;
    fill_date(page, "Since when?", ["2", "29", "2024"]).await?;
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
    // A page has eight questions; the rest is on the next one.
    page.press(&en("continue")).await?;
    page.fill("Which of none?", "none of them").await
}

#[test]
fn every_datatype_can_be_answered_and_arrives_as_answered() {
    with_everything(async |stage| {
        let page = &stage.page;
        open_questions(stage).await?;
        answer_all(page).await?;
        page.press(&en("continue")).await?;
        skip_photos(page).await?;
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
        sent_number(page).await?;

        let fields = posted_fields(stage)?;
        let attributes: Vec<(&str, &str)> = fields
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

/// The device's UTC offset on that day, as in a W3C date.
const OFFSET: &str = "(() => {
  const minutes = -new Date(2024, 1, 29).getTimezoneOffset();
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, '0');
  return (minutes < 0 ? '-' : '+') + two(minutes / 60) + ':' + two(minutes % 60);
})()";

#[test]
fn attributes_that_the_city_fills_in_are_not_shown_and_not_required() {
    with_everything(async |stage| {
        let page = &stage.page;
        open_questions(stage).await?;
        let text = page.text().await?;
        for hidden in ["Source system", "Crew zone"] {
            assert!(!text.contains(hidden), "{hidden} is shown: {text}");
        }
        // Both are required, but the form goes on without them.
        answer_all(page).await?;
        page.press(&en("continue")).await?;
        skip_photos(page).await?;
        page.heading(&en("how-to-reach.heading")).await
    });
}

#[test]
fn an_attribute_without_variable_is_text_and_not_a_question() {
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
fn an_unknown_datatype_and_a_list_without_values_are_text_fields() {
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
fn questions_are_in_the_city_s_order_and_optional_ones_say_so() {
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
            let index = text
                .find(label)
                .with_context(|| format!("{label} is not in {text}"))?;
            assert!(index > before, "{label} is too early in {text}");
            before = index;
        }
        assert!(!text.contains(&optional("A line")), "{text}");
        Ok(())
    });
}

#[test]
fn fields_tell_the_device_their_purpose() {
    with_everything(async |stage| {
        let page = &stage.page;
        open_questions(stage).await?;
        let number = page.find("textbox", "How many?").await?;
        assert_eq!(number.attr("type").await?.as_deref(), Some("text"));
        let mode = number.attr("inputmode").await?.unwrap_or_default();
        assert!(["decimal", "numeric"].contains(&mode.as_str()), "{mode}");
        answer_all(page).await?;
        page.press(&en("continue")).await?;
        skip_photos(page).await?;
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
