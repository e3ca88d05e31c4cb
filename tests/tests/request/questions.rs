//! Questions that depend on answers: which are asked, which values they offer, when they stop the
//! form, and what is sent.

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{REQUESTS, arrived, go_on};
use frontdoor_tests::steps::request::{
    fill_date, open_form, posted_fields, send_from_photos, sent_number, to_details,
};
use frontdoor_tests::{Page, Stage, en, stage};
use thirtyfour::By;

const INSURANCE: &str = "Which company insures the party?";

const THINGS: &str = "What will there be?";

const PARTS: &str = "Which part of it?";

/// Opens the questions of a service.
async fn open_questions(stage: &Stage, service: &str) -> Result<()> {
    open_form(stage, service).await?;
    to_details(&stage.page).await
}

/// Waits until a question is asked, or is not.
async fn is_asked(page: &Page, question: &str, wanted: bool) -> Result<()> {
    if wanted {
        page.sees(question).await
    } else {
        page.loses(question).await
    }
}

/// The answers of the last request that was posted, by the codes of their attributes.
async fn posted_answers(stage: &Stage) -> Result<Vec<(String, String)>> {
    arrived(stage, "POST", REQUESTS, 1).await?;
    let fields = posted_fields(stage)?;
    let answers = fields.into_iter().filter_map(|(name, value)| {
        let code = name.strip_prefix("attribute[")?.split(']').next()?;
        Some((code.to_owned(), value))
    });
    Ok(answers.collect())
}

/// From the questions to the city's response, without a name.
async fn send(page: &Page) -> Result<()> {
    go_on(page, "photos.heading").await?;
    send_from_photos(page).await
}

#[test]
fn a_question_with_nested_conditions_appears_and_disappears_with_the_answers() {
    stage(async |stage| {
        let page = &stage.page;
        open_questions(stage, "block-party").await?;
        let homes = "How many homes are on the block?";
        let bounce = "A bounce house";
        let sale = "Things for sale";
        is_asked(page, INSURANCE, false).await?;
        page.choose(THINGS, sale).await?;
        page.fill(homes, "20").await?;
        is_asked(page, INSURANCE, false).await?;
        page.fill(homes, "21").await?;
        is_asked(page, INSURANCE, true).await?;
        page.fill(homes, "9").await?;
        is_asked(page, INSURANCE, false).await?;
        page.choose(THINGS, bounce).await?;
        is_asked(page, INSURANCE, true).await?;
        page.choose(THINGS, bounce).await?;
        is_asked(page, INSURANCE, false).await?;
        // The focus stays: the field is still the same element.
        page.focus_on("checkbox", bounce).await
    });
}

#[test]
fn greater_than_excludes_the_number_itself() {
    stage(async |stage| {
        let page = &stage.page;
        open_questions(stage, "deck-application").await?;
        let area = "How large is it, in square feet?";
        for (typed, wanted) in [
            ("200", false),
            ("200.5", true),
            ("1000", true),
            ("30", false),
            ("many", false),
            ("201", true),
            ("", false),
        ] {
            page.fill(area, typed).await?;
            is_asked(page, "Who checked the plan?", wanted)
                .await
                .with_context(|| format!("at “{typed}”"))?;
        }
        Ok(())
    });
}

#[test]
fn the_values_of_a_question_depend_on_another_answer() {
    stage(async |stage| {
        let page = &stage.page;
        open_questions(stage, "park-repair").await?;
        is_asked(page, PARTS, false).await?;
        let what = "What is broken?";
        for (thing, part) in [
            ("Bench or table", Some("The seat or back")),
            ("Restroom", Some("The door or lock")),
            ("Drinking fountain", Some("It does not stop")),
            ("Path or bridge", Some("What you walk on")),
            ("Light", None),
            ("Bench or table", Some("A leg")),
        ] {
            page.choose(what, thing).await?;
            match part {
                Some(part) => page.choose(PARTS, part).await.with_context(|| thing)?,
                None => is_asked(page, PARTS, false).await?,
            }
        }
        // A part of the bench is not a value for the restroom.
        page.choose(what, "Restroom").await?;
        page.sees("The door or lock").await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        page.sees(&en("fault.not-chosen").replace("{label}", PARTS.trim_end_matches('?')))
            .await?;
        page.choose(PARTS, "The door or lock").await?;
        send(page).await?;
        sent_number(page).await?;
        let expected = [("what", "restroom"), ("part", "door")];
        assert_eq!(
            posted_answers(stage).await?,
            expected.map(|(code, key)| (code.to_owned(), key.to_owned()))
        );
        Ok(())
    });
}

#[test]
fn answers_to_questions_that_are_no_longer_asked_are_not_shown_or_sent() {
    stage(async |stage| {
        let page = &stage.page;
        open_questions(stage, "block-party").await?;
        fill_date(page, "On which day?", ["6", "12", "2027"]).await?;
        page.fill("Between which two streets?", "Oak Street, 3rd to 4th")
            .await?;
        page.fill("How many homes agree?", "9").await?;
        page.fill("How many homes are on the block?", "10").await?;
        page.choose(THINGS, "A bounce house").await?;
        page.fill(INSURANCE, "Farmers Mutual").await?;
        page.choose(THINGS, "A bounce house").await?;
        page.choose(THINGS, "Music").await?;
        go_on(page, "photos.heading").await?;
        go_on(page, "how-to-reach.heading").await?;
        page.press(&en("contact.anonymous")).await?;
        page.heading(&en("check.heading")).await?;
        let text = page.text().await?;
        assert!(
            !text.contains("Farmers Mutual") && !text.contains(INSURANCE),
            "{text}"
        );
        page.press(&en("send")).await?;
        sent_number(page).await?;
        let answers = posted_answers(stage).await?;
        let codes: Vec<&str> = answers.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["day", "from", "neighbors", "homes", "food"]);
        Ok(())
    });
}

#[test]
fn an_answer_that_stops_the_form_is_announced_at_once() {
    let dog =
        "Call 911 now. Go inside or into a car, and keep children and pets away from the dog.";
    stage(async |stage| {
        let page = &stage.page;
        open_questions(stage, "loose-dog").await?;
        page.fill("What does it look like?", "Large and black")
            .await?;
        let mood = "How does it act?";
        page.choose(mood, "It bites or attacks").await?;
        page.hears(dog).await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        assert!(page.focus().await?.name.contains(dog));
        page.choose(mood, "Afraid").await?;
        page.choose(mood, "It bites or attacks").await?;
        page.choose(mood, "Friendly").await?;
        go_on(page, "photos.heading").await
    });
}

#[test]
fn a_number_or_two_answers_together_stop_the_form_too() {
    let pieces = "One pickup takes up to 5 pieces. For more, rent a container: call Solid Waste, (555) 010-0140.";
    let deck = "A deck that stands by itself and is up to 30 inches high needs no permit. You can build without asking us.";
    stage(async |stage| {
        let page = &stage.page;
        open_questions(stage, "bulky-pickup").await?;
        page.fill("How many pieces?", "5").await?;
        page.loses(pieces).await?;
        page.fill("How many pieces?", "6").await?;
        page.hears(pieces).await?;
        page.fill("How many pieces?", "2").await?;
        page.loses(pieces).await?;

        open_questions(stage, "deck-application").await?;
        let height = "How high is the deck above the ground, in inches?";
        page.fill(height, "30").await?;
        page.choose("Is it fixed to the house?", "No, it stands by itself")
            .await?;
        page.hears(deck).await?;
        // It does not matter which of the two answers is changed last.
        page.fill(height, "31").await?;
        page.loses(deck).await?;
        page.fill(height, "12").await?;
        page.hears(deck).await
    });
}

/// Chooses one of the appointment times, and returns its key.
async fn choose_time(page: &Page, nth: usize) -> Result<String> {
    let list = page
        .find("combobox", "When should the inspector come?")
        .await?;
    let option = list
        .find(By::Css(format!("option:nth-child({})", nth + 1)))
        .await?;
    option.click().await?;
    Ok(option.attr("value").await?.unwrap_or_default())
}

#[test]
fn an_appointment_time_can_be_chosen_and_a_taken_one_is_refused_with_the_reason() {
    stage(async |stage| {
        let page = &stage.page;
        open_questions(stage, "deck-inspection").await?;
        page.fill("Permit number", "B-26-0412").await?;
        page.choose("Which visit is it?", "The deck is done")
            .await?;
        let key = choose_time(page, 1).await?;
        assert!(key.contains("T08:00:00-"), "{key}");
        // Somebody else takes it first.
        let taken = [
            ("jurisdiction_id", "riverton.example"),
            ("service_code", "deck-inspection"),
            ("address_string", "9 Elm St"),
            ("attribute[permit]", "B-26-0001"),
            ("attribute[visit]", "footing"),
            ("attribute[day]", &key),
        ];
        stage.city.post("requests.json", &taken).await?;
        send(page).await?;
        page.sees(&en("problem.refused")).await?;
        page.sees(&en("send.refused")).await?;
        let alert = page.focus().await?;
        assert_eq!(alert.role, "alert");
        assert!(
            alert.name.contains("free"),
            "the reason is missing: {}",
            alert.name
        );
        // Another time is accepted.
        page.press(&format!("{} When should the inspector come?", en("change")))
            .await?;
        page.heading(&en("details.heading")).await?;
        let key = choose_time(page, 2).await?;
        go_on(page, "check.heading").await?;
        page.press(&en("send")).await?;
        sent_number(page).await?;
        let answers = posted_answers(stage).await?;
        assert!(answers.contains(&("day".into(), key)), "{answers:?}");
        Ok(())
    });
}
