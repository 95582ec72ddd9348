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

# Timings, side by side in one run; the last lines need Python with SymPy
bench:
    cargo bench
    cargo bench --bench algebra -- --pairs | python3 benches/peers/algebra.py

# Draw the plots anew (the reports of the built-in sample)
plots:
    cargo run --release -- verify --quiet

# Every statistical promise in ten thousand runs a test; CSV and plots into audit/
audit *ARGS:
    cargo run --release -- audit --out audit {{ARGS}}

# The same with a thousand runs, as the tests do it
audit-short:
    cargo run --release -- audit --short

# Training speed: ours and PyTorch in turns on the same documents (DATA is the course's folder), then a profile
bench-train DATA="":
    cargo bench --bench trainer -- compare --data "{{DATA}}"
    cargo bench --bench trainer -- profile --data "{{DATA}}"
