//! A small file in two parts.

use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, ImportSection, Instruction, Module, NameMap,
    NameSection, RefType, TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{Parser, Payload, Validator};

use super::{Parts, split};
use crate::laid::{Laid, one_page};
use crate::names::Names;

/// Names as version 0 writes them, with the numbers of crates.
const NAMES: [&str; 5] = [
    "begin",
    "<app[c5930c85a12de822]::share::Share>::draw",
    "app[c5930c85a12de822]::helper",
    "app[c5930c85a12de822]::common",
    "<app[c5930c85a12de822]::share::Shared>::note",
];
const SCRIPT: &str = "function imports() {\n    const import0 = {\n    };\n}\nexport { initSync, __wbg_init as default };\n";

/// A value that both know lies in the midst, and one that the first part names by what lies before it.
const OF_FIRST: i32 = 1_024;
const OF_BOTH: i32 = 1_032;
const OF_REST: i32 = 1_040;
const COUNTED: i32 = 3_000;
const BEFORE: i32 = 2_990;

fn names(addresses: &[i32], calls: &[u32]) -> Function {
    let mut function = Function::new([]);
    for address in addresses {
        function.instruction(&Instruction::I32Const(*address));
        function.instruction(&Instruction::Drop);
    }
    for called in calls {
        function.instruction(&Instruction::Call(*called));
    }
    function.instruction(&Instruction::End);
    function
}

/// `begin` draws, by a table as well, and has something in common with `draw`, which alone has a helper.
fn whole() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import("./x.js", "__wbg_log", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    for _ in NAMES {
        functions.function(0);
    }
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        minimum: 2,
        maximum: Some(2),
        table64: false,
        shared: false,
    });
    let mut exports = ExportSection::new();
    exports.export("begin", ExportKind::Func, 1);
    let mut elements = ElementSection::new();
    elements.active(
        None,
        &ConstExpr::i32_const(1),
        Elements::Functions([2].as_slice().into()),
    );
    let mut code = CodeSection::new();
    code.function(&names(&[OF_FIRST, OF_BOTH, BEFORE], &[2, 4, 5]));
    code.function(&names(&[OF_BOTH, OF_REST, COUNTED], &[0, 3, 4]));
    code.function(&names(&[], &[]));
    code.function(&names(&[], &[]));
    code.function(&names(&[], &[]));
    let mut data = DataSection::new();
    for address in [OF_FIRST, OF_BOTH, OF_REST, COUNTED] {
        data.active(0, &ConstExpr::i32_const(address), [1; 8]);
    }
    let mut map = NameMap::new();
    for (at, name) in (1..).zip(NAMES) {
        map.append(at, name);
    }
    let mut names = NameSection::new();
    names.functions(&map);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&tables)
        .section(&one_page())
        .section(&exports)
        .section(&elements)
        .section(&code)
        .section(&data)
        .section(&names);
    module.finish()
}

fn parts(list: &str) -> anyhow::Result<Parts> {
    split(&whole(), SCRIPT, "x_rest.wasm", list)
}

fn addresses(wasm: &[u8]) -> Vec<usize> {
    let laid = Laid::read(wasm).expect("it can be read");
    laid.parts().iter().map(|part| part.address).collect()
}

fn functions(wasm: &[u8]) -> Vec<String> {
    let names = Names::read(wasm).expect("it can be read");
    let bodies = Parser::new(0)
        .parse_all(wasm)
        .filter(|payload| matches!(payload, Ok(Payload::CodeSectionEntry(_))));
    (0..bodies.count())
        .map(|at| names.of_body(at).unwrap_or("").to_owned())
        .collect()
}

#[test]
fn what_the_list_names_goes_with_what_only_that_needs() {
    let parts = parts("# why\napp::share::Share\n").expect("it can be split");
    for wasm in [&parts.first, &parts.rest] {
        Validator::new()
            .validate_all(wasm)
            .expect("both are WebAssembly");
    }
    assert_eq!(
        functions(&parts.rest),
        ["<app::share::Share>::draw", "app::helper"]
    );
    // All stay, two of them as those that ask for the other part; and what asks.
    assert_eq!(functions(&parts.first).len(), NAMES.len() + 1);
    assert!(parts.script.contains("\"x_rest.wasm?") && parts.script.contains("takeInAtOnce();"));
}

#[test]
fn what_the_first_part_may_read_stays_in_it() {
    let parts = parts("app::share::Share").expect("it can be split");
    let at = |address: i32| usize::try_from(address).expect("it is no less than 0");
    // `begin` names a place before the last one: it may count from there.
    assert_eq!(
        addresses(&parts.first),
        [OF_FIRST, OF_BOTH, COUNTED].map(at)
    );
    assert_eq!(addresses(&parts.rest), [at(OF_REST)]);
}

#[test]
fn a_line_that_names_nothing_is_told_and_a_star_is_any_word() {
    let none = parts("app::shares\napp::share::Share").expect("it can be split");
    assert_eq!(none.idle, ["app::shares"]);
    let parts = parts("<*::share::Share>::draw\nbut nothing").expect("it can be split");
    assert_eq!(functions(&parts.rest).len(), 2);
    assert_eq!(parts.idle, [""; 0]);
}

#[test]
fn what_is_excepted_stays() {
    let parts = parts("app::share\nbut note").expect("it can be split");
    assert_eq!(functions(&parts.rest).len(), 2);
}
