//! How much memory there is, and room in it.

use crate::error::{Error, Result};

/// Left for everything that is not reckoned beforehand.
const SPARE: u64 = 64 << 20;

/// Refuses what takes up more than there is: so many things of so many bytes each, and what they
/// have in common. `advice` says what else to do, and begins with a semicolon.
///
/// # Errors
/// [`Error::Memory`], which says how many there is room for.
pub(crate) fn check(what: &str, count: u64, each: u64, common: u64, advice: &str) -> Result<()> {
    let Some(available) = available() else { return Ok(()) };
    let free = available.saturating_sub(SPARE).saturating_sub(common);
    let needed = count.saturating_mul(each);
    if needed <= free && common.saturating_add(SPARE) <= available {
        return Ok(());
    }
    let fit = match each {
        0 => String::new(),
        each => format!(", which has room for {}", free / each),
    };
    Err(Error::Memory(format!(
        "{count} {what} take up {} of memory, and {} are free{fit}{advice}",
        size(needed.saturating_add(common)),
        size(available),
    )))
}

/// Room for so many numbers.
///
/// # Errors
/// [`Error::Memory`] if there is none.
pub(crate) fn room(numbers: usize) -> Result<Vec<f64>> {
    let mut room = Vec::new();
    match room.try_reserve_exact(numbers) {
        Ok(()) => Ok(room),
        Err(_) => Err(Error::Memory(format!(
            "there is no room for {} in memory",
            size((numbers as u64).saturating_mul(8))
        ))),
    }
}

fn size(bytes: u64) -> String {
    const MIB: u64 = 1 << 20;
    match bytes {
        small if small < 10 * 1024 * MIB => format!("{} MiB", small.div_ceil(MIB)),
        large => format!("{} GiB", large.div_ceil(1024 * MIB)),
    }
}

/// Bytes that may still be taken up: what the machine has free, or less where this process, or the
/// group that it belongs to, has a limit. None where that cannot be found out.
fn available() -> Option<u64> {
    [machine(), process(), group()].into_iter().flatten().min()
}

/// What the machine has free.
fn machine() -> Option<u64> {
    field(&read("/proc/meminfo")?, "MemAvailable:").map(|kib| kib << 10)
}

/// What the limit on addresses leaves.
fn process() -> Option<u64> {
    // Soft limits come first; `unlimited` is no number.
    let most = field(&read("/proc/self/limits")?, "Max address space")?;
    let used = field(&read("/proc/self/status")?, "VmSize:")? << 10;
    Some(most.saturating_sub(used))
}

/// What the limit of a control group leaves.
fn group() -> Option<u64> {
    let number = |path: &str| read(path)?.trim().parse::<u64>().ok();
    let v2 = || Some((number("/sys/fs/cgroup/memory.max")?, "/sys/fs/cgroup/memory.current"));
    let v1 = || {
        let most = number("/sys/fs/cgroup/memory/memory.limit_in_bytes")?;
        Some((most, "/sys/fs/cgroup/memory/memory.usage_in_bytes"))
    };
    let (most, used) = v2().or_else(v1)?;
    // What is kept of files counts as used, and makes way.
    let stat = read(match used.ends_with("current") {
        true => "/sys/fs/cgroup/memory.stat",
        false => "/sys/fs/cgroup/memory/memory.stat",
    });
    let of_files = stat.and_then(|stat| field(&stat, "inactive_file")).unwrap_or(0);
    Some(most.saturating_sub(number(used)?.saturating_sub(of_files)))
}

fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

/// The word behind those that a line begins with, as a number.
fn field(text: &str, begins: &str) -> Option<u64> {
    let rest = text.lines().find_map(|line| line.strip_prefix(begins))?;
    rest.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_refused_with_what_would_fit() {
        let free = available().expect("this machine tells");
        let what = |count, each, common| check("trials", count, each, common, "; keep fewer");
        assert!(what(10, 8, 0).is_ok());
        let error = what(free, 8, 0).unwrap_err().to_string();
        assert!(error.ends_with("; keep fewer"), "{error}");
        let fit = error.split("room for ").nth(1).unwrap().split(';').next().unwrap();
        let fit: u64 = fit.parse().unwrap();
        // Memory comes and goes while the tests run.
        assert!(what(fit / 2, 8, 0).is_ok());
        assert!(fit <= free / 8 + (1 << 28));
        assert!(what(1, 0, u64::MAX).is_err() && what(u64::MAX, u64::MAX, 0).is_err());
        assert!(room(usize::MAX).is_err() && room(usize::MAX / 16).is_err());
        assert!(room(100).unwrap().capacity() >= 100);
    }

    #[test]
    fn numbers_are_found_behind_their_words() {
        let text = "Max data size  7 8 bytes\nMax address space  1024  unlimited  bytes\n";
        assert_eq!(field(text, "Max address space"), Some(1024));
        assert_eq!(field("Max address space  unlimited", "Max address space"), None);
        assert_eq!(field(text, "VmSize:"), None);
    }
}
