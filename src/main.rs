//! The program: hands what was typed to the library and turns its answer into an exit code.

fn main() {}
