//! Tests of the player as a whole, with a host that settles jobs in one go.

use std::rc::Rc;

use super::problem;
use super::state::Player;
use super::wish::Wish;
use super::work::Work;
use crate::effects::store::State;
use crate::state::{Action, Seek};

const TEXT: &str = "stream s\nproducer p on s\npublish p 3 \"m{n}\"\nrun\n";

fn act(player: &Rc<Player>, action: Action) -> Rc<Player> {
    let mut player = Player::after(player, action);
    if let Some(job) = player.job.clone() {
        let mut work = Work::new(&job);
        while !work.is_over() {
            while let Some(report) = work.advance(10_000) {
                player = Player::after(&player, report);
            }
        }
    }
    assert!(player.job.is_none());
    player
}

fn open(text: &str, step: Option<u32>, poster: u32) -> Rc<Player> {
    let wish = Wish {
        text: text.into(),
        name: "fence".into(),
        step,
        poster,
        ..Wish::default()
    };
    // Something that changes nothing settles it.
    act(&Rc::new(Player::new(wish)), Action::Dismiss)
}

#[test]
fn it_begins_at_the_step_that_is_wanted_and_walks_from_there() {
    let player = open(TEXT, Some(2), 0);
    assert_eq!(player.cursor.event, 2);
    let last = act(&player, Action::Seek(Seek::Last));
    assert_eq!(last.cursor.event, last.events());
    assert_eq!(open(TEXT, Some(9_999), 0).cursor, last.cursor);
    let again = act(&last, Action::PlayPause);
    assert_eq!((again.cursor.event, again.playing), (0, true));
    assert_eq!(act(&again, Action::Beat).cursor.event, 1);
}

#[test]
fn out_of_view_it_does_not_move() {
    let player = act(&open(TEXT, Some(0), 0), Action::PlayPause);
    let unseen = act(&player, Action::Shown(false));
    assert_eq!(act(&unseen, Action::Beat).cursor.event, 0);
    let seen = act(&unseen, Action::Shown(true));
    assert_eq!(act(&seen, Action::Beat).cursor.event, 1);
}

#[test]
fn in_the_place_of_a_poster_it_is_laid_out_as_the_poster_until_a_reader_acts() {
    let player = act(&open(TEXT, None, 500), Action::Width(400));
    let width = |player: &Player| player.frame.as_ref().map(|frame| frame.stage.width);
    assert_eq!(width(&player), Some(500));
    assert_eq!(width(&player.opened()), Some(400));
}

#[test]
fn another_text_replaces_the_first_and_a_bad_one_is_drawn_with_its_place() {
    let player = open(TEXT, Some(2), 0);
    let bad = act(
        &player,
        Action::OpenText("stream s\nproducr p on s\n".into()),
    );
    let parsed = bad.parsed.as_ref().expect("it was read");
    let drawn = problem::drawn("fence", &bad.wish.text, parsed);
    let expected = "\n --> fence:2:1\n  |\n2 | producr p on s\n  | ^^^^^^^";
    assert!(drawn.starts_with("error: "), "{drawn}");
    assert!(drawn.contains(expected), "{drawn}");
    let good = act(&bad, Action::OpenText("stream t\nrun\n".into()));
    assert!(good.has_no_problem());
}
