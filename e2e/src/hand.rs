//! The hand on the mouse: points at what is visible, presses, drags. It must not know what it points at.

use anyhow::bail;
use serde::Deserialize;
use serde_json::json;

use crate::Page;

/// A place in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Spot {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// What lies at the place of an element.
#[derive(Deserialize)]
struct Found {
    spot: Spot,
    /// What is hit there instead, unless it is the element itself or its label.
    covered: Option<String>,
}

/// Finds the `nth` visible match (counted round), brings it into view, and looks what is hit at that part of its
/// width, in thousandths.
const FIND: &str = "const [selector, nth, part] = arguments;
    const seen = [...document.querySelectorAll(selector)].filter(found => {
        const box = found.getBoundingClientRect(); return box.width > 0 && box.height > 0; });
    if (!seen.length) return null;
    const found = seen[nth % seen.length];
    const look = block => {
        found.scrollIntoView({ block, inline: 'nearest' });
        const box = found.getBoundingClientRect();
        const spot = { x: box.left + Math.max(1, box.width * part / 1000), y: box.top + box.height / 2 };
        const hit = document.elementFromPoint(spot.x, spot.y);
        const label = hit && hit.closest('label');
        const fine = hit && (found.contains(hit) || (label && label.contains(found)));
        return { spot, covered: fine ? null : hit ? `${hit.tagName} ${hit.getAttribute('class')}` : 'nothing' };
    };
    // What lies under something that stays in view is scrolled further, as a person would.
    const near = look('nearest');
    return near.covered ? look('center') : near;";

impl Page {
    /// The middle of the `nth` visible match, counted round, which is brought into view; `None` where nothing
    /// matches.
    pub fn spot(&self, selector: &str, nth: u64) -> anyhow::Result<Option<Spot>> {
        Ok(self.find(selector, nth, 500)?.map(|found| found.spot))
    }

    /// The same at so many thousandths of its width.
    pub fn spot_at(&self, selector: &str, nth: u64, part: u32) -> anyhow::Result<Option<Spot>> {
        Ok(self.find(selector, nth, part)?.map(|found| found.spot))
    }

    fn find(&self, selector: &str, nth: u64, part: u32) -> anyhow::Result<Option<Found>> {
        let found = self.run(FIND, vec![json!(selector), json!(nth), json!(part)])?;
        Ok(serde_json::from_value(found)?)
    }

    /// Clicks the `nth` visible match with the mouse; whether there is one. Something else may lie above it only
    /// if that is a part of what `above` matches.
    pub fn click_nth(&self, selector: &str, nth: u64, above: &str) -> anyhow::Result<bool> {
        let Some(found) = self.find(selector, nth, 500)? else {
            return Ok(false);
        };
        if let Some(covered) = found.covered {
            let Spot { x, y } = found.spot;
            let on_top = format!(
                "!!document.elementFromPoint({x}, {y})?.closest({})",
                json!(above)
            );
            if above.is_empty() || self.eval(&on_top)? != true {
                bail!("{selector} ({nth}) cannot be clicked: {covered} lies above it");
            }
        }
        self.click_at(found.spot)?;
        Ok(true)
    }

    /// Clicks with the mouse there.
    pub fn click_at(&self, spot: Spot) -> anyhow::Result<()> {
        self.mouse("mouseMoved", spot, false)?;
        self.mouse("mousePressed", spot, true)?;
        self.mouse("mouseReleased", spot, false)
    }

    /// Drags with the mouse in so many equal moves.
    pub fn drag(&self, from: Spot, to: Spot, moves: u32) -> anyhow::Result<()> {
        self.mouse("mouseMoved", from, false)?;
        self.mouse("mousePressed", from, true)?;
        for step in 1..=moves {
            let part = f64::from(step) / f64::from(moves);
            let between = Spot {
                x: from.x + (to.x - from.x) * part,
                y: from.y + (to.y - from.y) * part,
            };
            self.mouse("mouseMoved", between, true)?;
        }
        self.mouse("mouseReleased", to, false)
    }

    fn mouse(&self, kind: &str, spot: Spot, down: bool) -> anyhow::Result<()> {
        let button = match kind {
            "mouseMoved" if !down => "none",
            _ => "left",
        };
        let event = json!({
            "type": kind, "x": spot.x, "y": spot.y, "button": button,
            "buttons": u8::from(down), "clickCount": u8::from(kind != "mouseMoved"),
        });
        self.driver.command("Input.dispatchMouseEvent", event)?;
        Ok(())
    }

    /// Writes at the caret all at once, as an input method does.
    pub fn insert_text(&self, text: &str) -> anyhow::Result<()> {
        self.driver
            .command("Input.insertText", json!({ "text": text }))?;
        Ok(())
    }
}
