//! Every form of every action, with nonsense in every field: a message at the field, what was typed kept, nothing
//! written.

use crate::lab::{CRASH, Lab, QUEUES};

/// Fills nonsense into every field of the open page's menus; says what went wrong.
const WALK: &str = r#"(async nonsense => {
  const wrong = [], area = document.querySelector('textarea'), text = area.value;
  const tick = () => new Promise(done => setTimeout(done, 0));
  const until = async holds => { for (let n = 0; n < 400 && !holds(); n++) await tick(); return holds(); };
  const type = (field, value) => { field.value = value; field.dispatchEvent(new Event('input', { bubbles: true })); };
  let fields = 0;
  for (const menu of document.querySelectorAll('.actions > .row > .button')) {
    menu.click();
    await until(() => menu.getAttribute('aria-expanded') === 'true');
    for (const form of document.querySelectorAll('.menu .act')) {
      for (const field of form.querySelectorAll('input')) {
        const label = field.closest('label').textContent;
        const quoted = ['body', 'filter', 'stop at', 'named', 'key', 'tag', 'fails at', 'hangs at'].includes(label);
        if (quoted) continue;
        const bad = label === 'name' ? ' ' : nonsense, before = field.value;
        const where = `${menu.textContent} / ${form.querySelector('button').textContent} / ${label}: ${bad.slice(0, 30)}`;
        type(field, bad); await tick();
        form.querySelector('[type=submit]').click();
        const told = await until(() => field.closest('label').querySelector('[role=alert]')?.textContent);
        if (!told) wrong.push(`silent: ${where}`);
        if (field.getAttribute('aria-invalid') !== 'true') wrong.push(`not marked: ${where}`);
        if (!await until(() => document.activeElement === field)) wrong.push(`not focused: ${where}`);
        if (field.value !== bad.replace(/[\n\r]/g, '')) wrong.push(`lost: ${where}`);
        if (area.value !== text) wrong.push(`written: ${where}`);
        type(field, before); await tick();
        fields++;
      }
    }
    menu.click();
    await tick();
  }
  return fields < 10 ? [`only ${fields} fields`] : wrong;
})"#;

#[test]
fn nonsense_in_every_field_of_every_form_is_said_there_and_writes_nothing() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    for (text, line) in [(QUEUES, 7), (CRASH, 6)] {
        lab.write(text)?;
        lab.run_to(line)?;
        for nonsense in ["-1", "1e999", "\"; crash x", "\u{1F600} #", "\u{0}"] {
            let nonsense = serde_json::json!(nonsense);
            let wrong = lab.page.eval(&format!("{WALK}({nonsense})"))?;
            assert_eq!(wrong, serde_json::json!([]), "{nonsense}");
        }
    }
    let long = lab.page.eval(&format!("{WALK}('9'.repeat(10000))"))?;
    assert_eq!(long, serde_json::json!([]), "ten thousand digits");
    lab.page.expect_clean()
}

#[test]
fn a_form_with_options_writes_them_all() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    lab.run_to(6)?;
    lab.click(".actions > .row > .button:nth-of-type(2)")?;
    lab.page.click(".menu .act:nth-of-type(1) summary")?;
    lab.page.fill(
        ".menu .act:nth-of-type(1) label:nth-of-type(1) input",
        "more events",
    )?;
    lab.page.fill(
        ".menu .act:nth-of-type(1) .further label:nth-of-type(1) input",
        "2h",
    )?;
    lab.click(".menu .act:nth-of-type(1) [type=submit]")?;
    lab.page.wait_until(
        "document.querySelector('textarea').value.includes('stream \"more events\" max-age 2h\\n')",
    )?;
    lab.settled()?;
    assert_eq!(lab.problems()?, 0);
    lab.page.expect_clean()
}
