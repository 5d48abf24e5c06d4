//! The crate behind a page: questions and answers are JSON, in memory that the page can see.
//!
//! The page writes a question into [`room`] and calls [`ask`]; then it calls [`step`] until that says
//! that there is an answer, and reads it at [`told`]. Between two steps it can ask something else,
//! which takes the place of what is under way.

mod asked;
mod runs;
mod session;

use std::cell::RefCell;

use session::Session;

thread_local! {
    static QUESTION: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static SESSION: RefCell<Session> = RefCell::default();
}

/// Makes room for a question of so many bytes, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    QUESTION.with_borrow_mut(|question| {
        question.clear();
        question.resize(bytes, 0);
        question.as_mut_ptr()
    })
}

/// Takes the question that was written.
#[unsafe(no_mangle)]
pub extern "C" fn ask() {
    let question = QUESTION.take();
    SESSION.with_borrow_mut(|session| session.ask(&question));
}

/// Simulates at most so many histories more; 1 once there is an answer.
#[unsafe(no_mangle)]
pub extern "C" fn step(histories: u32) -> u32 {
    let answer = SESSION.with_borrow_mut(|session| session.step(histories.into()));
    let there = answer.is_some();
    if let Some(answer) = answer {
        ANSWER.set(answer.into_bytes());
    }
    there.into()
}

/// Where the answer stands.
#[unsafe(no_mangle)]
pub extern "C" fn told() -> *const u8 {
    ANSWER.with_borrow(|answer| answer.as_ptr())
}

/// How many bytes it has.
#[unsafe(no_mangle)]
pub extern "C" fn told_bytes() -> usize {
    ANSWER.with_borrow(Vec::len)
}
