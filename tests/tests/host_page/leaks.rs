//! What two hundred mounts and unmounts leave behind: nothing that grows.

use anyhow::{Context, Result, ensure};
use frontdoor_tests::{Page, dist, stage};
use serde_json::json;

/// Counts timers, and gives the test access to the wasm's memory.
const COUNTERS: &str = "<script>
    window.timers = new Set();
    const set = setTimeout, clear = clearTimeout;
    window.setTimeout = (task, ...rest) => {
        const id = set((...args) => { timers.delete(id); task(...args); }, ...rest);
        timers.add(id);
        return id;
    };
    window.clearTimeout = (id) => { timers.delete(id); clear(id); };
    const start = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...args) => {
        const made = await start(...args);
        const { memory } = (made.instance ?? made).exports;
        if (memory) window.memory = memory;
        return made;
    };
</script>";

/// What is allocated at one moment.
#[derive(Debug)]
struct Allocated {
    listeners: f64,
    nodes: f64,
    timers: f64,
    memory: f64,
}

async fn measure(page: &Page) -> Result<Allocated> {
    page.until("timers.size === 0").await?;
    // Chromium only: no other browser counts listeners and nodes.
    for _ in 0..3 {
        page.devtools("HeapProfiler.collectGarbage", json!({}))
            .await?;
    }
    let metrics = page.metrics().await?;
    let metric = |name: &str| metrics.get(name).with_context(|| format!("no {name}"));
    let number =
        async |expression: &str| -> Result<f64> { Ok(page.eval(expression).await?.parse()?) };
    Ok(Allocated {
        listeners: *metric("JSEventListeners")?,
        nodes: *metric("Nodes")?,
        timers: number("timers.size").await?,
        memory: number("memory.buffer.byteLength").await?,
    })
}

async fn mount_and_unmount(page: &Page, times: u32) -> Result<()> {
    let rounds = "for (let round = 0; round < arguments[0]; round += 1) {
            const element = document.createElement('front-door');
            element.setAttribute('config', '/frontdoor.json');
            element.setAttribute('view', ['start', 'report', 'status', 'guides'][round % 4]);
            const isReady = new Promise((ready) => element.addEventListener('front-door:ready', ready));
            document.querySelector('main').append(element);
            element.scrollIntoView();
            await isReady;
            await new Promise((painted) => requestAnimationFrame(painted));
            element.remove();
            await new Promise((done) => setTimeout(done, 5));
        }";
    page.script(rounds, vec![times.into()]).await.map(drop)
}

#[test]
fn two_hundred_mounts_and_unmounts_leave_nothing_behind() {
    stage(async |stage| {
        let page = &stage.page;
        page.go(&stage.host.page_with_head(COUNTERS, "")).await?;
        page.devtools("Performance.enable", json!({})).await?;
        page.until("customElements.get('front-door')").await?;
        // The first mounts fetch the wasm and its chunks, and fill the browser's caches.
        mount_and_unmount(page, 12).await?;
        page.until_loaded(dist::GUIDES).await?;
        mount_and_unmount(page, 12).await?;
        let before = measure(page).await?;
        let sessions = page.script("return sessionStorage.length", vec![]).await?;
        for _ in 0..4 {
            mount_and_unmount(page, 50).await?;
        }
        let after = measure(page).await?;
        println!("before {before:?}, after {after:?}");
        ensure!(after.timers == 0.0, "timers are left: {after:?}");
        ensure!(
            after.listeners - before.listeners <= 2.0,
            "listeners grow: {before:?} {after:?}"
        );
        ensure!(
            after.nodes - before.nodes <= 20.0,
            "nodes grow: {before:?} {after:?}"
        );
        // Memory may still grow once, by a page. A leak grows with every mount: two pages would be 650 bytes
        // for each of them.
        const PAGE: f64 = 65_536.0;
        ensure!(
            after.memory - before.memory <= PAGE,
            "the wasm's memory grows: {before:?} {after:?}"
        );
        ensure!(
            page.script("return sessionStorage.length", vec![]).await? == sessions,
            "storage grows"
        );
        ensure!(page.logged("uncaught").await?.is_empty(), "uncaught errors");
        Ok(())
    });
}
