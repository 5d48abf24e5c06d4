#!/usr/bin/env bash
# Counts the machine instructions per attack of five jobs, on one thread, and fails if one takes
# over 3 % more than instructions.toml says. Counts do not depend on the clock or the load, so that
# they repeat to the instruction; another compiler may change them.
#
#   bash benches/gate.sh             compares
#   bash benches/gate.sh --accept    records the counts as the new ones
set -euo pipefail
cd "$(dirname "$0")/.."

# Each job, and the two sizes whose difference leaves out what is done once.
JOBS=("one-channel 512 2560" "twelve-channels 512 2560" "withdrawal 256 1280" "iraq-2024 128 640"
    "iraq-2024-reduced 128 640")
RECORDED=benches/instructions.toml
PROFILES=${CARGO_TARGET_DIR:-target}/callgrind

case "$*" in
    "" | --accept) ;;
    *) echo "usage: bash benches/gate.sh [--accept]" >&2; exit 2 ;;
esac
command -v valgrind >/dev/null || { echo "valgrind not found: apt-get install valgrind libc6-dbg" >&2; exit 2; }

build=$(cargo build --locked --release --no-default-features --bench gate --message-format=json)
binary=$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' <<<"$build")
mkdir -p "$PROFILES"

# The attacks and the instructions of `trials` trials of `job`.
count() {
    local job=$1 trials=$2 profile=$PROFILES/$1.$2.out
    valgrind --quiet --tool=callgrind --callgrind-out-file="$profile" "$binary" "$job" "$trials"
    awk '/^totals:/ { print $2 }' "$profile"
}

measured=$(for job in "${JOBS[@]}"; do
    read -r name small large <<<"$job"
    echo "$name" $(count "$name" "$small") $(count "$name" "$large")
done | awk '{ printf "%s = %.1f\n", $1, ($5 - $3) / ($4 - $2) }')

if [[ $* == --accept ]]; then
    {
        echo "# Instructions per attack; written by: bash benches/gate.sh --accept"
        echo "# $(rustc --version), $(valgrind --version)"
        echo "$measured"
    } >"$RECORDED"
    cat "$RECORDED"
    exit
fi

awk -F ' = ' '
    NR == 1 { printf "%-18s%10s%10s%9s\n", "per attack", "recorded", "now", "change" }
    /^#/ { next }
    FNR == NR { recorded[$1] = $2; next }
    !($1 in recorded) { printf "%-18s%10s%10.1f%9s\n", $1, "-", $2, ""; slower = 1; next }
    {
        change = 100 * ($2 / recorded[$1] - 1)
        printf "%-18s%10.1f%10.1f%+8.1f%%\n", $1, recorded[$1], $2, change
        slower = slower || change > 3
    }
    END { exit slower }
' "$RECORDED" - <<<"$measured" || {
    echo "more than 3 % over what is recorded: look at the profile (callgrind_annotate $PROFILES/iraq-2024.640.out)" >&2
    echo "or, if it is worth it, record the new counts: bash benches/gate.sh --accept" >&2
    exit 1
}
