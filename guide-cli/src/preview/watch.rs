//! Notices saved files by polling their modification times, which works on every file system.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// The time between two polls. 100 ms to 1 s: longer is noticeable, shorter costs CPU.
const INTERVAL: Duration = Duration::from_millis(250);
/// After this many polls (20 s) the page gets a response in any case, because proxies and browsers time out after 30 s or
/// more.
const MAX_POLLS: u32 = 80;

/// A hash of the names, times and sizes of all JSON files in a folder.
pub(super) fn version(folder: &Path) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(String, u128, u64)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            // Follows symbolic links, as reading does.
            let metadata = fs::metadata(entry.path())
                .ok()
                .filter(|_| name.ends_with(".json"))?;
            let saved = metadata
                .modified()
                .ok()?
                .duration_since(SystemTime::UNIX_EPOCH)
                .ok()?;
            Some((name, saved.as_nanos(), metadata.len()))
        })
        .collect();
    files.sort();
    // FNV-1a, 64 bit: not cryptographic, which is not needed to tell versions apart.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in format!("{files:?}").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// Waits until the version differs from the known one, or for the timeout, and returns the current version.
pub(super) async fn wait_for_change(known: &str, folder: &Path) -> String {
    for _ in 0..MAX_POLLS {
        let now = version(folder);
        if now != known {
            return now;
        }
        tokio::time::sleep(INTERVAL).await;
    }
    known.to_owned()
}
