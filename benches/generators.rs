//! What a random number costs, and what it costs to begin a stream: ours beside what `rand` has.
//! The decision in `docs/design.md` rests on it.
//!
//!     cargo bench --bench generators

use std::hint::black_box;
use std::time::Instant;

use drawdown::streams::{Purpose, Stream, Who};
use drawdown::variates::exponential;
use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, RngExt, SeedableRng};
use rand_distr::{Distribution, Exp1};
use rand_pcg::Pcg64;

const TIMES: u32 = 1_000_000;
const ROUNDS: usize = 15;

/// Nanoseconds of `one`, in the quickest of some rounds.
fn cost(mut one: impl FnMut() -> f64) -> f64 {
    let round = |_| {
        let start = Instant::now();
        for _ in 0..TIMES {
            black_box(one());
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(TIMES)
    };
    (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min)
}

/// The key of the next stream, as 64 bits that another generator can be seeded with.
fn keyed() -> impl FnMut() -> Stream {
    let (mut index, who) = (0, Who::new(&["militias", "asad"]));
    move || {
        index += 1;
        Stream::new(black_box(7), index, black_box(who), Purpose::Marks)
    }
}

/// A uniform number, an exponential one, and both the beginning and the first number of a stream.
fn costs<R: Rng>(mut rng: R, exponential: impl Fn(&mut R) -> f64, begin: impl Fn(Stream) -> R) {
    let uniform = cost(|| rng.random());
    let waiting = cost(|| exponential(&mut rng));
    let mut next = keyed();
    let begun = cost(|| begin(next()).random());
    println!("{uniform:>10.2}{waiting:>14.2}{begun:>22.2}");
}

fn main() {
    println!("{:<12}{:>10}{:>14}{:>22}", "ns", "uniform", "exponential", "begin, first number");
    let one = || Stream::new(7, 17, Who::new(&["bench"]), Purpose::Marks);
    print!("{:<12}", "own");
    costs(one(), exponential, |stream| stream);
    print!("{:<12}", "xoshiro");
    let xoshiro = |mut stream: Stream| Xoshiro256PlusPlus::seed_from_u64(stream.bits());
    costs(xoshiro(one()), |rng| Exp1.sample(rng), xoshiro);
    print!("{:<12}", "pcg");
    let pcg = |mut stream: Stream| Pcg64::seed_from_u64(stream.bits());
    costs(pcg(one()), |rng| Exp1.sample(rng), pcg);
}
