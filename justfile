# Recipes for people; every line is a plain cargo command.

# Check the built-in sample (or FILE) and leave reports/
verify *ARGS:
    cargo run --release -- verify {{ARGS}}

# All tests
test:
    cargo test --release

# Format, lints and documentation, as CI runs them
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# Timings, side by side in one run
bench:
    cargo bench

# Draw the plots anew (the reports of the built-in sample)
plots:
    cargo run --release -- verify --quiet

# Training speed: ours and PyTorch in turns on the same documents (DATA is the course's folder), then a profile
bench-train DATA="":
    cargo bench --bench trainer -- compare --data "{{DATA}}"
    cargo bench --bench trainer -- profile --data "{{DATA}}"
