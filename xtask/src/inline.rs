//! The element as one classic script that holds all it needs: for frames of an origin of their own, which may load
//! scripts but neither modules nor files. It must not know what the element does; it knows the block of the module that
//! says where the rest lies, and what wasm-bindgen writes.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::dist::Module;

/// The script.
pub(crate) const FILE: &str = "offset-lab.inline.js";
const BEGIN: &str = "// module:";
const END: &str = "// end of module\n";

/// Writes it beside the module.
pub(crate) fn write(dist: &Path) -> anyhow::Result<()> {
    let element = read(&dist.join("offset-lab.js"))?;
    let modules = Module::OF_ELEMENT.map(|module| module_of(module, dist));
    let modules = modules.into_iter().collect::<anyhow::Result<String>>()?;
    let parts = parts(
        &modules,
        &lessons(&dist.join("lessons"))?,
        &quoted(&read(&dist.join("dictionary.txt"))?),
    );
    let text = joined(&element, &parts)?;
    let file = dist.join(FILE);
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// The element with other parts in the place of its own.
fn joined(element: &str, parts: &str) -> anyhow::Result<String> {
    let (before, rest) = element
        .split_once(BEGIN)
        .context("offset-lab.js has no block `// module:`")?;
    let (_, after) = rest
        .split_once(END)
        .context("offset-lab.js has no line `// end of module`")?;
    if before.contains("import") || after.contains("import.meta") || after.contains("import(") {
        bail!("offset-lab.js loads something outside of its block `// module:`");
    }
    Ok(format!(
        "{before}(() => {{\n\"use strict\";\n{parts}{after}}})();\n"
    ))
}

/// A module under its name: what makes it, and its bytes.
fn module_of(module: Module, dist: &Path) -> anyhow::Result<String> {
    let name = module.package();
    let glue = classic(&read(&module.script(dist))?)?;
    let wasm = module.wasm(dist);
    let wasm = fs::read(&wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let wasm = STANDARD.encode(wasm);
    Ok(format!("\"{name}\": [() => {{\n{glue}}}, \"{wasm}\"],\n"))
}

fn parts(modules: &str, lessons: &str, dictionary: &str) -> String {
    format!(
        "const MODULES = {{\n{modules}}};\n\
         const load = async (name) => {{\n\
           const [make, letters] = MODULES[name];\n\
           const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));\n\
           const module = make();\n\
           await module.default({{ module_or_path: bytes }});\n  return module;\n}};\n\
         const noApp = 'Here is only the player: `editable` and `controls=\"full\"` need offset-lab.js.';\n\
         const loadApp = async () => {{ throw new Complaint(noApp); }};\n\
         const sheetsOfApp = async () => [];\n\
         const LESSONS = {{\n{lessons}}};\n\
         const lessonText = async (name) => {{\n\
           if (!Object.hasOwn(LESSONS, name)) throw new Complaint(`lesson=\"${{name}}\": There is no such lesson.`);\n\
           return LESSONS[name];\n}};\n\
         const ADDRESS = document.currentScript?.src ?? document.baseURI;\n\
         const DICTIONARY = {dictionary};\n\
         const dictionary = async () => DICTIONARY;\n"
    )
}

/// A module of wasm-bindgen as the body of a function that returns what it exports.
fn classic(module: &str) -> anyhow::Result<String> {
    const LAST: &str = "export { initSync, __wbg_init as default };";
    if !module.contains(LAST) {
        bail!(
            "the script of wasm-bindgen exports otherwise than it did: xtask/src/inline.rs is to follow"
        );
    }
    let mut names = Vec::new();
    let mut text = String::new();
    for line in module.lines().filter(|line| *line != LAST) {
        let bare = line.strip_prefix("export ").unwrap_or(line);
        if bare.len() < line.len() {
            let name = bare.split_whitespace().nth(1).unwrap_or("");
            let name = name.split(['(', '{']).next().unwrap_or("");
            names.push(name.to_owned());
        }
        // Never come to: the bytes are given.
        text.push_str(&bare.replace("import.meta.url", "document.baseURI"));
        text.push('\n');
    }
    if text.lines().any(|line| line.starts_with("import ")) || names.iter().any(String::is_empty) {
        bail!(
            "the script of wasm-bindgen is another than it was: xtask/src/inline.rs is to follow"
        );
    }
    Ok(format!(
        "{text}return {{ default: __wbg_init, {} }};\n",
        names.join(", ")
    ))
}

fn lessons(folder: &Path) -> anyhow::Result<String> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut lessons = Vec::new();
    for entry in entries {
        let path = entry
            .with_context(|| format!("cannot read {}", folder.display()))?
            .path();
        let is_lesson = path.extension().is_some_and(|end| end == "lab");
        if let Some(name) = path.file_stem().filter(|_| is_lesson) {
            let name = quoted(&name.to_string_lossy());
            lessons.push(format!("{name}: {},\n", quoted(&read(&path)?)));
        }
    }
    lessons.sort();
    Ok(lessons.concat())
}

fn read(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// A text as JavaScript writes it.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '<' => quoted.push_str("\\u003c"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{classic, joined, quoted};

    #[test]
    fn a_module_becomes_a_function_that_returns_what_it_exports() {
        let module = "let wasm;\nexport class Handle {\n}\nexport function mount(root, options) {\n}\n\
            const here = import.meta.url;\nexport { initSync, __wbg_init as default };\n";
        let function = classic(module).expect("as wasm-bindgen writes it");
        assert!(!function.contains("export") && !function.contains("import"));
        assert!(function.ends_with("return { default: __wbg_init, Handle, mount };\n"));
        assert!(classic("export default 1;\n").is_err());
    }

    #[test]
    fn only_the_block_of_the_element_is_replaced() {
        let element = "// what\n// module: here\nimport(x);\n// end of module\nrest();\n";
        let text = joined(element, "parts();\n").expect("a block");
        assert!(text.contains("parts();\nrest();") && !text.contains("import"));
        assert!(joined("rest();\n", "").is_err());
        assert!(joined("// module:\n// end of module\nimport(y);\n", "").is_err());
    }

    #[test]
    fn texts_are_quoted_as_javascript_reads_them() {
        assert_eq!(
            quoted("a\"b\\\n</script>\u{2028}"),
            r#""a\"b\\\n\u003c/script>\u2028""#
        );
    }
}
