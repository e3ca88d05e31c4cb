//! Screenshots of every view, for people. Taken only if somebody asks for them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Theme, screenshots_folder, stage};

use super::{VIEWS, visit};

const WIDTHS: [u32; 2] = [320, 1280];

const THEMES: [(Theme, &str); 2] = [(Theme::Light, "light"), (Theme::Dark, "dark")];

#[test]
fn english_screenshots_are_taken_on_request() {
    take("en");
}

#[test]
fn spanish_screenshots_are_taken_on_request() {
    take("es");
}

fn take(language: &str) {
    let Some(folder) = screenshots_folder() else {
        println!("FRONTDOOR_SCREENSHOTS names no folder: no screenshots");
        return;
    };
    stage(async |stage| {
        fs::create_dir_all(&folder)?;
        for view in VIEWS {
            let context = || format!("in the view {view}");
            visit(stage, view, language).await.with_context(context)?;
            take_all_sizes(&stage.page, &folder, view, language)
                .await
                .with_context(context)?;
        }
        Ok(())
    });
}

async fn take_all_sizes(page: &Page, folder: &Path, view: &str, language: &str) -> Result<()> {
    for width in WIDTHS {
        for (theme, name) in THEMES {
            page.set_theme(theme).await?;
            page.resize(width, 640).await?;
            let height = page.eval("document.documentElement.scrollHeight").await?;
            page.resize(width, height.parse()?).await?;
            let picture = page.browser.screenshot_as_png().await?;
            fs::write(
                folder.join(format!("{view}-{width}-{name}-{language}.png")),
                picture,
            )?;
        }
    }
    page.resize(1280, 900).await
}
