//! Questions that depend on answers: which are asked, what they offer, when they stop, what is sent.

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Stage, en, pairs, stage};
use thirtyfour::By;

use crate::steps::{REQUESTS, arrived, go_on, number, start_form, to_details};

const INSURANCE: &str = "Which company insures the party?";
const THINGS: &str = "What will there be?";
const PARTS: &str = "Which part of it?";

/// Opens a service's questions.
async fn ask(stage: &Stage, service: &str) -> Result<()> {
    start_form(stage, service).await?;
    to_details(&stage.page).await
}

/// Waits until a question is asked, or not.
async fn is_asked(page: &Page, question: &str, wanted: bool) -> Result<()> {
    match wanted {
        true => page.sees(question).await,
        false => page.loses(question).await,
    }
}

/// From the questions to the city's answer, without a name.
async fn send(page: &Page) -> Result<()> {
    go_on(page, "photos.heading").await?;
    go_on(page, "how-to-reach.heading").await?;
    page.press(&en("contact.anonymous")).await?;
    page.heading(&en("check.heading")).await?;
    page.press(&en("send")).await
}

/// What was sent last, by the attributes' codes.
async fn answers(stage: &Stage) -> Result<Vec<(String, String)>> {
    arrived(stage, "POST", REQUESTS, 1).await?;
    let sent = stage.host.seen("POST", REQUESTS);
    let pairs = pairs(&sent.last().context("nothing was sent")?.body)?;
    let answers = pairs.into_iter().filter_map(|(name, value)| {
        let code = name.strip_prefix("attribute[")?.split(']').next()?;
        Some((code.to_owned(), value))
    });
    Ok(answers.collect())
}

#[test]
fn a_question_under_any_and_all_comes_and_goes_with_the_answers() {
    stage(async |stage| {
        let page = &stage.page;
        ask(stage, "block-party").await?;
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
        // Whoever types goes on typing: the field above is still the one that was there.
        page.focus_on("checkbox", bounce).await
    });
}

#[test]
fn more_than_a_number_is_more_and_not_as_much() {
    stage(async |stage| {
        let page = &stage.page;
        ask(stage, "deck-application").await?;
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
fn what_there_is_to_choose_from_depends_on_what_was_chosen() {
    stage(async |stage| {
        let page = &stage.page;
        ask(stage, "park-repair").await?;
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
        // A part of the bench is none of the restroom.
        page.choose(what, "Restroom").await?;
        page.sees("The door or lock").await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        page.sees(&en("fault.not-chosen").replace("{label}", PARTS.trim_end_matches('?')))
            .await?;
        page.choose(PARTS, "The door or lock").await?;
        send(page).await?;
        number(page).await?;
        let expected = [("what", "restroom"), ("part", "door")];
        assert_eq!(
            answers(stage).await?,
            expected.map(|(code, key)| (code.to_owned(), key.to_owned()))
        );
        Ok(())
    });
}

#[test]
fn answers_to_questions_that_are_no_longer_asked_are_not_shown_and_not_sent() {
    stage(async |stage| {
        let page = &stage.page;
        ask(stage, "block-party").await?;
        for (part, text) in [
            ("date.month", "6"),
            ("date.day", "12"),
            ("date.year", "2027"),
        ] {
            page.fill_in(&en(part), text, "On which day?").await?;
        }
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
        number(page).await?;
        let answers = answers(stage).await?;
        let codes: Vec<&str> = answers.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["day", "from", "neighbors", "homes", "food"]);
        Ok(())
    });
}

#[test]
fn an_answer_that_is_not_for_this_form_is_said_at_once_and_stops() {
    let dog =
        "Call 911 now. Go inside or into a car, and keep children and pets away from the dog.";
    stage(async |stage| {
        let page = &stage.page;
        ask(stage, "loose-dog").await?;
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
fn a_number_or_two_answers_together_stop_as_well() {
    let pieces = "One pickup takes up to 5 pieces. For more, rent a container: call Solid Waste, (555) 010-0140.";
    let deck = "A deck that stands by itself and is up to 30 inches high needs no permit. You can build without asking us.";
    stage(async |stage| {
        let page = &stage.page;
        ask(stage, "bulky-pickup").await?;
        page.fill("How many pieces?", "5").await?;
        page.loses(pieces).await?;
        page.fill("How many pieces?", "6").await?;
        page.hears(pieces).await?;
        page.fill("How many pieces?", "2").await?;
        page.loses(pieces).await?;

        ask(stage, "deck-application").await?;
        let height = "How high is the deck above the ground, in inches?";
        page.fill(height, "30").await?;
        page.choose("Is it fixed to the house?", "No, it stands by itself")
            .await?;
        page.hears(deck).await?;
        // The other answer counts, too, whichever is changed last.
        page.fill(height, "31").await?;
        page.loses(deck).await?;
        page.fill(height, "12").await?;
        page.hears(deck).await
    });
}

async fn choose_slot(page: &Page, nth: usize) -> Result<String> {
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
fn of_free_times_one_is_chosen_and_one_that_is_gone_is_refused_with_the_reason() {
    stage(async |stage| {
        let page = &stage.page;
        ask(stage, "deck-inspection").await?;
        page.fill("Permit number", "B-26-0412").await?;
        page.choose("Which visit is it?", "The deck is done")
            .await?;
        let key = choose_slot(page, 1).await?;
        assert!(key.contains("T08:00:00-"), "{key}");
        // Somebody else is quicker.
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
        // Another time will do.
        page.press(&format!("{} When should the inspector come?", en("change")))
            .await?;
        page.heading(&en("details.heading")).await?;
        let key = choose_slot(page, 2).await?;
        go_on(page, "check.heading").await?;
        page.press(&en("send")).await?;
        number(page).await?;
        let answers = answers(stage).await?;
        assert!(answers.contains(&("day".into(), key)), "{answers:?}");
        Ok(())
    });
}
