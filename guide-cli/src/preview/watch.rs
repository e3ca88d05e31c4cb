//! Whether files were saved: looks at their times now and then, which works on every file system.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How often to look.
const PAUSE: Duration = Duration::from_millis(250);
/// After so many looks the page is answered in any case: proxies and browsers end longer waits.
const LOOKS: u32 = 80;

/// A name for the state of all JSON files in a folder.
pub(super) fn version(folder: &Path) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(String, u128, u64)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            // Through links, as the files are read.
            let about = fs::metadata(entry.path())
                .ok()
                .filter(|_| name.ends_with(".json"))?;
            let saved = about
                .modified()
                .ok()?
                .duration_since(SystemTime::UNIX_EPOCH)
                .ok()?;
            Some((name, saved.as_nanos(), about.len()))
        })
        .collect();
    files.sort();
    // FNV-1a, 64 bit. It tells states apart and guards nothing.
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in format!("{files:?}").bytes() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{state:016x}")
}

/// Waits for another state than the one that is known.
pub(super) async fn other_than(known: &str, folder: &Path) -> String {
    for _ in 0..LOOKS {
        let now = version(folder);
        if now != known {
            return now;
        }
        tokio::time::sleep(PAUSE).await;
    }
    known.to_owned()
}
