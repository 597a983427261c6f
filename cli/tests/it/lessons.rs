//! `offset-lab lessons`.

use crate::run;

#[test]
fn lessons_are_listed_and_printed() {
    let (code, list, _) = run(&["lessons"]);
    assert_eq!(code, 0);
    for lesson in offset_lab::lessons::ALL {
        assert!(
            list.contains(lesson.slug) && list.contains(lesson.title()),
            "{list}"
        );
        let (code, text, _) = run(&["lessons", lesson.number()]);
        assert_eq!((code, text.as_str()), (0, lesson.text));
    }
    let (code, out, err) = run(&["lessons", "99"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("there is no lesson `99`"), "{err}");
}
