//! Events that cause events: whether they die out, and what is left that nothing has caused.

/// Whether a branching process stays finite, where each event of kind k causes
/// `causes(k) = [(kind, mean number), ...]` directly: whether the sum of all generations
/// converges, as it does where the spectral radius of the matrix of means is below 1. Families of
/// more than 10,000 on average count as endless.
pub(crate) fn dies_out<'a, C>(kinds: usize, causes: impl Fn(usize) -> C) -> bool
where
    C: Iterator<Item = (usize, f64)> + 'a,
{
    let only_itself = (0..kinds).all(|k| causes(k).all(|(to, mean)| to == k || mean == 0.0));
    if only_itself {
        return (0..kinds).all(|k| causes(k).map(|(_, mean)| mean).sum::<f64>() < 1.0);
    }
    // Events in the family of one event of each kind: y = 1 + M y, generation by generation.
    let mut family = vec![1.0; kinds];
    for _ in 0..MOST_GENERATIONS {
        let next: Vec<f64> = (0..kinds)
            .map(|k| 1.0 + causes(k).map(|(to, mean)| mean * family[to]).sum::<f64>())
            .collect();
        let growth = next.iter().zip(&family).map(|(new, old)| (new - old) / new);
        let most = growth.fold(0.0, f64::max);
        family = next;
        if most < 1e-9 {
            return true;
        }
        if family.iter().any(|size| *size > LARGEST_FAMILY) {
            return false;
        }
    }
    false
}

/// The rates of arrivals that nothing has caused, given the rates of all events. Arrivals of kind
/// k are batches of `batch(k)` events on average, and each event directly causes `causes(k)` events:
/// (all - sum over what causes them) / batch. `rates` holds `columns` rates for each kind.
pub(crate) fn take_out_caused<C>(
    rates: &mut [f64],
    columns: usize,
    all: &mut Vec<f64>,
    batch: impl Fn(usize) -> f64,
    causes: impl Fn(usize) -> C,
) where
    C: Iterator<Item = (usize, f64)>,
{
    all.clear();
    all.extend_from_slice(rates);
    for (k, whole) in all.chunks_exact(columns).enumerate() {
        for (to, mean) in causes(k) {
            let caused = &mut rates[to * columns..][..columns];
            caused.iter_mut().zip(whole).for_each(|(rate, all)| *rate -= mean * all);
        }
    }
    for (k, own) in rates.chunks_exact_mut(columns).enumerate() {
        own.iter_mut().for_each(|rate| *rate /= batch(k));
    }
}

/// The rates of all events: those that nothing has caused and those that events have, where kinds
/// `takes_part` and each event of kind `from` causes a mean number of kind k, for each of
/// `caused_by(k) = [(from, mean number), ...]`. They are the limit of r = uncaused + M r, for a
/// process that dies out.
pub(crate) fn rates_with_caused<C>(
    uncaused: &[f64],
    takes_part: impl Fn(usize) -> bool,
    caused_by: impl Fn(usize) -> C,
    rates: &mut Vec<f64>,
) where
    C: Iterator<Item = (usize, f64)>,
{
    rates.clear();
    rates.resize(uncaused.len(), 0.0);
    // Gauss-Seidel: at once exact where kinds cause only themselves.
    for _ in 0..MOST_GENERATIONS {
        let mut growth: f64 = 0.0;
        for k in (0..uncaused.len()).filter(|&k| takes_part(k)) {
            let (mut by_others, mut by_itself) = (0.0, 0.0);
            for (from, mean) in caused_by(k) {
                match from == k {
                    true => by_itself += mean,
                    false => by_others += mean * rates[from],
                }
            }
            let rate = (uncaused[k] + by_others) / (1.0 - by_itself);
            if rate > 0.0 {
                growth = growth.max((rate - rates[k]) / rate);
            }
            rates[k] = rate;
        }
        if growth < 1e-13 {
            return;
        }
    }
}

/// A process whose families are larger than this on average counts as one that does not die out.
const LARGEST_FAMILY: f64 = 1e4;

const MOST_GENERATIONS: usize = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(matrix: &[&[f64]]) -> bool {
        dies_out(matrix.len(), |k| matrix[k].iter().copied().enumerate())
    }

    #[test]
    fn the_spectral_radius_decides() {
        assert!(verdict(&[&[0.99]]));
        assert!(!verdict(&[&[1.0]]));
        // Row 8 of docs/verification.md: spectral radius 0.418614.
        let row_8 =
            |scale: f64| verdict(&[&[0.30 * scale, 0.10 * scale], &[0.20 * scale, 0.25 * scale]]);
        assert!(row_8(1.0));
        assert!(row_8(0.99 / 0.418_614));
        assert!(!row_8(1.01 / 0.418_614));
        // Causing only each other: the radius is the geometric mean.
        assert!(verdict(&[&[0.0, 4.0], &[0.2, 0.0]]));
        assert!(!verdict(&[&[0.0, 5.1], &[0.2, 0.0]]));
    }
}
