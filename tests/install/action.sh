# action.yml: its steps, and those of the workflow that `init` writes, are run as written by the tests of workflows.
cargo test --locked --quiet --test suite -- workflow::
