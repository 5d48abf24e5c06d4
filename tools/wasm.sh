#!/usr/bin/env bash
# Builds the crate as live reports carry it, in WebAssembly, into the Python package.
#
# The compiler for wasm32 comes from Debian's packages, unpacked under target/tools/wasm (140 MB to fetch, 850 MB on disk), where
# rustup's own is not installed.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$(pwd)/target/tools/wasm
target=${CARGO_TARGET_DIR:-$(pwd)/target}/wasm
into=python/drawdown/report/static/drawdown.wasm.gz

# The versions that everything else is built with.
cp Cargo.lock live/Cargo.lock

unpack() {
    local version
    version=$(apt-cache policy rustc-web | awk '/Candidate/ {print $2}')
    dpkg --compare-versions "${version/(none)/0}" ge 1.88 || {
        echo "Debian's rustc-web is ${version:-not there}, and 1.88 is needed: apt-get update" >&2
        exit 1
    }
    mkdir -p "$tools/debs"
    local std llvm
    std=$(apt-cache depends libstd-rust-web-dev | awk '/Depends: libstd-rust-web-[0-9]/ {print $2; exit}')
    llvm=$(apt-cache depends "$std" | grep -o 'libllvm[0-9]*' | head -n 1)
    (cd "$tools/debs" && apt-get download -q rustc-web libstd-rust-web-dev "$std" rust-web-src "$llvm" zopfli >&2)
    # Under another name until all of it is there.
    rm -rf "$tools/unpacked" "$tools/unpacked.part"
    for deb in "$tools"/debs/*.deb; do dpkg -x "$deb" "$tools/unpacked.part"; done
    mv "$tools/unpacked.part" "$tools/unpacked"
    rm -r "$tools/debs"
}

build=(cargo build --quiet --lib --manifest-path live/Cargo.toml --release --target-dir "$target" --target wasm32-unknown-unknown)
if [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
    "${build[@]}"
else
    [ -x "$tools/unpacked/usr/bin/rustc" ] && [ -x "$tools/unpacked/usr/bin/zopfli" ] || unpack
    lld=$(dirname "$(find "$(rustc --print sysroot)" -name rust-lld | head -n 1)")
    # Debian has the sources of std and not its library for this target.
    RUSTC=$tools/unpacked/usr/bin/rustc LD_LIBRARY_PATH=$tools/unpacked/usr/lib/x86_64-linux-gnu \
        RUSTC_BOOTSTRAP=1 PATH=$lld:$PATH RUSTFLAGS="-C linker=rust-lld" \
        "${build[@]}" -Zbuild-std=std,panic_abort
fi

# Without a name or a time in it: the same bytes each time. Zopfli's are fewer by a twentieth.
built=$target/wasm32-unknown-unknown/release/drawdown_live.wasm
if zopfli=$(PATH=$PATH:$tools/unpacked/usr/bin command -v zopfli); then
    "$zopfli" --i5 -c "$built" >"$into.part"
else
    gzip --best --no-name --stdout "$built" >"$into.part"
fi
mv "$into.part" "$into"
echo "$into: $(stat -c %s "$into") bytes"
