//! One batch on several machines: each runs its shard and writes it to a file that all can reach;
//! whoever is last merges them.
//!
//! ```sh
//! cargo run --release --example merge_shards -- run 0 4 shards/     # on each machine: 0, 1, 2, 3
//! cargo run --release --example merge_shards -- merge shards/
//! cargo run --release --example merge_shards                        # fewer trials, all of it here
//! ```

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use drawdown::{Batch, By, Keep, Run, Scenario};

const TRIALS: u64 = 20_000;
const SEED: u64 = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["run", machine, machines, folder] => {
            run(machine.parse()?, machines.parse()?, TRIALS, Path::new(folder))?;
        }
        ["merge", folder] => print(&merged(Path::new(folder))?),
        [] => {
            let folder = env::temp_dir().join(format!("drawdown-shards-{}", std::process::id()));
            fs::create_dir_all(&folder)?;
            for machine in 0..3 {
                run(machine, 3, 300, &folder)?;
            }
            let run = merged(&folder)?;
            fs::remove_dir_all(&folder)?;
            print(&run);
        }
        _ => return Err("give `run MACHINE MACHINES FOLDER`, `merge FOLDER` or nothing".into()),
    }
    Ok(())
}

fn print(run: &Run) {
    println!("{} trials under seed {}", run.trials(), run.seed());
    for row in run.summary(By::Total) {
        println!("{:<20}{:>14.2} +- {:<8.2}", row.measure, row.mean, row.standard_error);
    }
}

/// Runs the share of one of so many machines.
fn run(machine: u64, machines: u64, trials: u64, folder: &Path) -> Result<(), Box<dyn Error>> {
    let model = Scenario::example("iraq-2024")?.validate()?.compile();
    let share = machine * trials / machines..(machine + 1) * trials / machines;
    let shard = model.simulate(&Batch::range(share, SEED).keep(Keep::Summary))?;
    // Under a name of its own until it is whole: a machine that dies leaves nothing half written.
    let (path, begun) =
        (folder.join(format!("{machine}.run")), folder.join(format!("{machine}.new")));
    fs::write(&begun, shard.to_bytes()?)?;
    Ok(fs::rename(begun, path)?)
}

/// Merges all shards of a folder: the bits of one run on one machine, or all that is wrong.
fn merged(folder: &Path) -> Result<Run, Box<dyn Error>> {
    let files = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let paths = files.iter().map(fs::DirEntry::path);
    let whole = paths.filter(|path| path.extension().is_some_and(|end| end == "run"));
    let shards = whole.map(fs::read).collect::<Result<Vec<_>, _>>()?;
    Ok(Run::merge_bytes(shards)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_in_files_are_one_run_and_a_missing_one_is_told() {
        let folder = env::temp_dir().join(format!("drawdown-shards-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for machine in [2, 0] {
            run(machine, 3, 100, &folder).unwrap();
        }
        let said = merged(&folder).unwrap_err().to_string();
        assert!(said.contains("trials 33 to 65 are missing"), "{said}");
        run(1, 3, 100, &folder).unwrap();
        let found = merged(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();

        let model = Scenario::example("iraq-2024").unwrap().validate().unwrap().compile();
        let whole = model.simulate(&Batch::new(100, SEED).keep(Keep::Summary)).unwrap();
        assert!(found.to_bytes().unwrap() == whole.to_bytes().unwrap(), "other bits");
        assert_eq!(found.origin(), whole.origin());
    }
}
