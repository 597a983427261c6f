//! A scenario as a test, natively and in a browser.

// In a worker: the page itself has to answer the driver while scenarios are computed.
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_was_not_stored_comes_again() {
    let parsed = offset_lab::parse(include_str!("crash.lab"));
    assert!(parsed.is_ok(), "{:#?}", parsed.diagnostics);
    let timeline = offset_lab::Run::new(&parsed.scenario).complete();
    for check in timeline.checks() {
        assert!(check.passed, "{} (was {})", check.text, check.actual);
    }
}
