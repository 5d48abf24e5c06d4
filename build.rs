//! Marks a build by what it is made of: machines that are to give the same bits compare the marks.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What a build is made of, besides the compiler.
const MADE_OF: [&str; 4] = ["Cargo.toml", "Cargo.lock", "src", "examples/scenarios"];

fn main() -> io::Result<()> {
    let home = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo says where it builds"));
    let mut files = Vec::new();
    for name in MADE_OF {
        println!("cargo::rerun-if-changed={name}");
        collect(&home.join(name), &mut files)?;
    }
    files.sort();
    let mut hash = Fnv::new();
    for file in files {
        let name = file.strip_prefix(&home).expect("it was found there");
        hash.add(name.to_string_lossy().replace('\\', "/").as_bytes());
        hash.add(&fs::read(&file)?);
    }
    println!("cargo::rustc-env=DRAWDOWN_BUILD={:016x}", hash.0);
    Ok(())
}

/// The files in a place; none where there is no such place, as in a package without a lock file.
fn collect(place: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if place.is_dir() {
        for entry in fs::read_dir(place)? {
            collect(&entry?.path(), files)?;
        }
    } else if place.is_file() {
        files.push(place.to_owned());
    }
    Ok(())
}

/// Fowler, Noll & Vo's hash of 64 bits (FNV-1a), which tells builds apart and keeps nobody out.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
