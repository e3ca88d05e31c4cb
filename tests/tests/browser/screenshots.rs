//! Pictures of the main views, for people. Taken only where somebody asks for them.

use std::fs;
use std::path::Path;

use anyhow::Result;
use frontdoor_tests::{Page, Stage, Theme, screenshots_folder, stage};

const WIDTHS: [u32; 2] = [320, 1280];
const THEMES: [(Theme, &str); 2] = [(Theme::Light, "light"), (Theme::Dark, "dark")];

#[test]
fn the_main_views_have_their_screenshots_taken() {
    let Some(folder) = screenshots_folder() else {
        println!("FRONTDOOR_SCREENSHOTS names no folder: no pictures");
        return;
    };
    fs::create_dir_all(&folder).unwrap();
    stage(async |stage| {
        for language in ["en", "es"] {
            views(stage, &folder, language).await?;
        }
        Ok(())
    });
}

async fn views(stage: &Stage, folder: &Path, language: &str) -> Result<()> {
    let page = &stage.page;
    let shot = async |view: &str| shoot(page, folder, view, language).await;
    let address = format!("{}/", stage.city.origin());
    page.browser.goto("about:blank").await?;
    page.open(&format!("{address}#/")).await?;
    // The sample page is English; a resident would press the button.
    page.script(
        "document.documentElement.lang = arguments[0]",
        vec![language.into()],
    )
    .await?;
    page.until(&format!(
        "document.querySelector('front-door').shadowRoot.querySelector('[lang={language}]')"
    ))
    .await?;
    shot("start").await?;
    Ok(())
}

async fn shoot(page: &Page, folder: &Path, view: &str, language: &str) -> Result<()> {
    for width in WIDTHS {
        for (theme, name) in THEMES {
            page.theme(theme).await?;
            page.size(width, 800).await?;
            let height = page.eval("document.documentElement.scrollHeight").await?;
            page.size(width, height.parse()?).await?;
            let picture = page.browser.screenshot_as_png().await?;
            fs::write(
                folder.join(format!("{view}-{width}-{name}-{language}.png")),
                picture,
            )?;
        }
    }
    Ok(())
}
