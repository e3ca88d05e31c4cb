//! What a hundred mounts and unmounts leave behind: nothing that grows.

use anyhow::{Result, ensure};
use frontdoor_tests::{Page, Reply, host_page, stage};
use serde_json::{Value, json};

/// Counts timers, and lets the test see the wasm's memory.
const METERS: &str = "<script>
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

#[derive(Debug)]
struct Reading {
    listeners: f64,
    nodes: f64,
    timers: f64,
    memory: f64,
}

async fn read(page: &Page) -> Result<Reading> {
    page.until("timers.size === 0").await?;
    // Chromium only: nothing else counts listeners and nodes.
    for _ in 0..3 {
        page.devtools("HeapProfiler.collectGarbage", json!({}))
            .await?;
    }
    let told = page.devtools("Performance.getMetrics", json!({})).await?;
    let metric = |name: &str| {
        let all = told
            .get("metrics")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        all.filter(|metric| metric.get("name").is_some_and(|known| known == name))
            .filter_map(|metric| metric.get("value")?.as_f64())
            .sum::<f64>()
    };
    let number =
        async |expression: &str| -> Result<f64> { Ok(page.eval(expression).await?.parse()?) };
    Ok(Reading {
        listeners: metric("JSEventListeners"),
        nodes: metric("Nodes"),
        timers: number("timers.size").await?,
        memory: number("memory.buffer.byteLength").await?,
    })
}

async fn mount_and_unmount(page: &Page, times: u32) -> Result<()> {
    let rounds = "for (let round = 0; round < arguments[0]; round += 1) {
            const element = document.createElement('front-door');
            element.setAttribute('config', '/frontdoor.json');
            element.setAttribute('view', ['start', 'report', 'status', 'guides'][round % 4]);
            const stands = new Promise((ready) => element.addEventListener('front-door:ready', ready));
            document.querySelector('main').append(element);
            element.scrollIntoView();
            await stands;
            await new Promise((drawn) => requestAnimationFrame(drawn));
            element.remove();
            await new Promise((done) => setTimeout(done, 5));
        }";
    page.script(rounds, vec![times.into()]).await.map(drop)
}

#[test]
fn two_hundred_mounts_and_unmounts_leave_nothing_behind() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer("/", Reply::html(host_page(METERS, "")));
        page.go(&stage.host.url("/")).await?;
        page.devtools("Performance.enable", json!({})).await?;
        page.until("customElements.get('front-door')").await?;
        // The first ones fetch the wasm and its chunks, and fill the caches of the browser; the last chunk
        // comes when the network has been left in peace.
        mount_and_unmount(page, 12).await?;
        page.until(
            "performance.getEntriesByType('resource').some((one) => one.name.includes('/along-'))",
        )
        .await?;
        mount_and_unmount(page, 12).await?;
        let before = read(page).await?;
        let sessions = page.script("return sessionStorage.length", vec![]).await?;
        for _ in 0..4 {
            mount_and_unmount(page, 50).await?;
        }
        let after = read(page).await?;
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
        // The highest water may come late, once. What leaks grows with every mount: two pages are 650 bytes each.
        const PAGE: f64 = 65_536.0;
        ensure!(
            after.memory - before.memory <= PAGE,
            "the wasm's memory grows: {before:?} {after:?}"
        );
        ensure!(
            page.script("return sessionStorage.length", vec![]).await? == sessions,
            "storage grows"
        );
        ensure!(
            page.script("return window.seen.uncaught.length", vec![])
                .await?
                == 0,
            "errors"
        );
        Ok(())
    });
}
