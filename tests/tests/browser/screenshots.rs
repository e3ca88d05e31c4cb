//! Pictures of every view, for people. Taken only where somebody asks for them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Theme, screenshots_folder, stage};

use crate::tour;

const WIDTHS: [u32; 2] = [320, 1280];
const THEMES: [(Theme, &str); 2] = [(Theme::Light, "light"), (Theme::Dark, "dark")];

#[test]
fn english_screenshots_are_taken_where_asked_for() {
    take("en");
}

#[test]
fn spanish_screenshots_are_taken_where_asked_for() {
    take("es");
}

fn take(language: &str) {
    let Some(folder) = screenshots_folder() else {
        println!("FRONTDOOR_SCREENSHOTS names no folder: no pictures");
        return;
    };
    stage(async |stage| {
        fs::create_dir_all(&folder)?;
        for view in tour::VIEWS {
            let at = format!("in the view {view}");
            tour::visit(stage, view, language)
                .await
                .context(at.clone())?;
            shoot(&stage.page, &folder, view, language)
                .await
                .context(at)?;
        }
        Ok(())
    });
}

async fn shoot(page: &Page, folder: &Path, view: &str, language: &str) -> Result<()> {
    for width in WIDTHS {
        for (theme, name) in THEMES {
            page.theme(theme).await?;
            page.size(width, 640).await?;
            let height = page.eval("document.documentElement.scrollHeight").await?;
            page.size(width, height.parse()?).await?;
            let picture = page.browser.screenshot_as_png().await?;
            fs::write(
                folder.join(format!("{view}-{width}-{name}-{language}.png")),
                picture,
            )?;
        }
    }
    page.size(1280, 900).await
}
