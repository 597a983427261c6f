//! Drives the built page in a real headless browser; knows the page only as a user does.
