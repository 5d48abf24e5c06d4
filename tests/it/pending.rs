//! Requests that wait for an answer: Poisson arrivals, each pending for a delay of its own law
//! (M/G/infinity). The number of the row is that of `docs/verification.md`.

use drawdown::law::Range;
use drawdown::streams::{Purpose, Stream, Who};
use drawdown::variates::exponential;

use crate::statistics::{assert_mean, assert_share, assert_variance};

/// Requests pending on each of `days`, from none on day 0, one arriving every 10 days on average.
fn pending<const N: usize>(delay_days: &Range, days: [f64; N], stream: &mut Stream) -> [f64; N] {
    let mut counts = [0.0; N];
    let mut arrival = 10.0 * exponential(stream);
    while arrival < days[N - 1] {
        let answer = arrival + delay_days.sample(|x| *x, stream);
        for (count, day) in counts.iter_mut().zip(days) {
            *count += f64::from(u8::from(arrival <= day && day < answer));
        }
        arrival += 10.0 * exponential(stream);
    }
    counts
}

#[test]
fn row_27_pending_requests() {
    let delay_days = serde_json::from_str(r#"{"lognormal": {"median": 20, "sigma": 0.8}}"#);
    let delay_days: Range = delay_days.unwrap();
    let mut stream = Stream::new(27, 0, Who::new(&["requests"]), Purpose::Gate);
    // The chance that a delay exceeds 900 days is 1 in a million.
    let runs: Vec<[f64; 2]> =
        (0..400_000).map(|_| pending(&delay_days, [30.0, 900.0], &mut stream)).collect();
    let on = |k: usize| runs.iter().map(|counts| counts[k]).collect::<Vec<f64>>();
    assert_mean("row 27, after 30 days", &on(0), 1.977963, 0.005);
    assert_mean("row 27, mean", &on(1), 2.754256, 0.005);
    assert_variance("row 27, variance", &on(1), 2.754256, 0.01);
    assert_share("row 27, none", &on(1), |count| count == 0.0, 0.0636564, 0.025);
}
