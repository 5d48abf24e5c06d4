//! Distribution functions and quantiles against integrals and closed forms.

use super::*;

/// A law with random parameters, its density by hand, and ends of all but 1e-13 of it.
fn random_law(stream: &mut Stream, kind: usize) -> (String, Box<dyn Fn(f64) -> f64>, f64, f64) {
    let mut within = |low: f64, high: f64| low + (high - low) * stream.uniform();
    let bell = |x: f64, mean: f64, sd: f64| (-0.5 * ((x - mean) / sd).powi(2)).exp();
    match kind {
        0 => {
            let (mean, sd) = (within(-5.0, 5.0), within(0.1, 3.0));
            let text = format!(r#"{{"normal": {{"mean": {mean}, "sd": {sd}}}}}"#);
            (text, Box::new(move |x| bell(x, mean, sd)), mean - 8.0 * sd, mean + 8.0 * sd)
        }
        1 => {
            let (median, sigma) = (within(0.5, 5.0), within(0.1, 0.5));
            let text = format!(r#"{{"lognormal": {{"median": {median}, "sigma": {sigma}}}}}"#);
            let density = move |x: f64| bell(x.ln(), median.ln(), sigma) / x;
            (text, Box::new(density), 1e-3, median * (8.0 * sigma).exp())
        }
        2 => {
            let (shape, mean) = (within(1.5, 40.0), within(0.1, 9.0));
            let text = format!(r#"{{"gamma": {{"shape": {shape}, "mean": {mean}}}}}"#);
            let density = move |x: f64| {
                let y = x * shape / mean;
                ((shape - 1.0) * (y / shape).ln() - y + shape).exp()
            };
            (text, Box::new(density), 0.0, mean * (1.0 + 12.0 / shape.sqrt() + 40.0 / shape))
        }
        3 => {
            let (a, b) = (within(1.2, 30.0), within(1.2, 30.0));
            let density = move |x: f64| x.powf(a - 1.0) * (1.0 - x).powf(b - 1.0);
            (format!(r#"{{"beta": [{a}, {b}]}}"#), Box::new(density), 0.0, 1.0)
        }
        4 => {
            let low = within(-5.0, 5.0);
            let (rise, fall) = (within(0.5, 9.0), within(0.5, 9.0));
            let (mode, high) = (low + rise, low + rise + fall);
            let (a, b) = (4.0 * rise / (rise + fall), 4.0 * fall / (rise + fall));
            let density = move |x: f64| (x - low).powf(a) * (high - x).powf(b);
            (format!(r#"{{"pert": [{low}, {mode}, {high}]}}"#), Box::new(density), low, high)
        }
        5 => {
            let low = within(-5.0, 5.0);
            let (mode, high) = (low + within(0.5, 9.0), low + 9.0 + within(0.5, 9.0));
            let density = move |x: f64| ((x - low) / (mode - low)).min((high - x) / (high - mode));
            (format!(r#"{{"triangular": [{low}, {mode}, {high}]}}"#), Box::new(density), low, high)
        }
        _ => {
            let (mean, sd) = (within(-3.0, 3.0), within(0.5, 2.0));
            let low = within(-6.0, 6.0);
            let high = low + within(0.2, 6.0);
            let text = format!(
                r#"{{"truncated_normal": {{"mean": {mean}, "sd": {sd}, "low": {low}, "high": {high}}}}}"#
            );
            let most = bell(mean.max(low).min(high), mean, sd);
            (text, Box::new(move |x| bell(x, mean, sd) / most), low, high)
        }
    }
}

#[test]
fn distribution_functions_are_integrals_and_quantiles_their_inverses() {
    let mut stream = stream("quantiles");
    for round in 0..70 {
        let (text, density, low, high) = random_law(&mut stream, round % 7);
        let law = range(&text);
        // Simpson's rule on either side of a place that the quantile says.
        let mass = |from: f64, to: f64| {
            let steps = 4_000;
            let at = |k: usize| density(from + (to - from) * k as f64 / steps as f64);
            let weight = |k: usize| f64::from([2u8, 4][k % 2]);
            let inner: f64 = (1..steps).map(|k| weight(k) * at(k)).sum();
            (to - from) / steps as f64 / 3.0 * (at(0) + inner + at(steps))
        };
        let p = 0.02 + 0.96 * stream.uniform();
        let x = law.quantile(p);
        let (below, above) = (mass(low, x), mass(x, high));
        let share = below / (below + above);
        assert!((share - p).abs() < 2e-6, "{text}: {share} and not {p} below {x}");
        close(law.cdf(x), p, 1e-12);
        close(law.quantile(law.cdf(x)), x, 1e-12);
        assert_eq!(law.at(p), x, "{text}");
    }
}

#[test]
fn quantiles_keep_their_digits_in_the_tails() {
    // Of laws with closed forms on both sides, from 10^-300 to 1 - 10^-15.
    let mut stream = stream("tails");
    for _ in 0..200 {
        let p = libm::exp(-600.0 * stream.uniform());
        let shape = 0.01 + 3.0 * stream.uniform();
        let power = range(&format!(r#"{{"beta": [{shape}, 1]}}"#));
        close(power.quantile(p), libm::exp(libm::log(p) / shape), 1e-12 / shape.min(1.0));
        let waiting = range(r#"{"gamma": {"shape": 1, "mean": 1}}"#);
        close(waiting.quantile(p), -libm::log1p(-p), 1e-13);
        let q = 1.0 - libm::exp(-34.0 * stream.uniform());
        close(waiting.quantile(q), -libm::log1p(-q), 1e-13);
        let normal = range(r#"{"normal": {"mean": 0, "sd": 1}}"#);
        let z = normal.quantile(p);
        close(0.5 * libm::erfc(-z / 2f64.sqrt()), p, 1e-11);
    }
    // Far out a normal law is exponential.
    let far = range(r#"{"truncated_normal": {"mean": 0, "sd": 1, "low": 50000, "high": 60000}}"#);
    close(far.quantile(0.5) - 50_000.0, libm::log(2.0) / 50_000.0, 1e-6);
    // The sum of 10^7 waiting times, by Wilson & Hilferty.
    let many = range(r#"{"gamma": {"shape": 1e7, "mean": 1e7}}"#);
    let cube = 1.0 - 1.0 / 9e7 + 1.281_551_565_544_600_4 / (9e7f64).sqrt();
    close(many.quantile(0.9), 1e7 * cube * cube * cube, 1e-11);
}

#[test]
fn quantiles_of_lists_and_mixtures() {
    let list = range(r#"{"empirical": [3, 1, 2, 2]}"#);
    let found = [0.0, 0.25, 0.26, 0.75, 0.76, 1.0].map(|p| list.quantile(p));
    assert_eq!(found, [1.0, 1.0, 2.0, 2.0, 3.0, 3.0]);
    assert_eq!([1.0, 2.0, 2.5, 3.0].map(|x| list.cdf(x)), [0.25, 0.75, 0.75, 1.0]);

    let mut stream = stream("mixtures");
    for _ in 0..50 {
        let (weight, width) = (stream.uniform(), 0.5 + stream.uniform());
        let mixed = range(&format!(
            r#"{{"mixture": [{{"weight": {weight}, "value": {{"uniform": [0, 1]}}}},
                {{"weight": 0, "value": 9}}, {{"weight": 1, "value": {{"uniform": [0.5, {}]}}}},
                {{"weight": 0.2, "value": 0.7}}]}}"#,
            0.5 + width
        ));
        let total = weight + 1.2;
        // By hand, at a place in both parts.
        let x = 0.5 + 0.5 * width.min(0.5) * stream.uniform();
        let atom = if x >= 0.7 { 0.2 } else { 0.0 };
        let share = (weight * x + (x - 0.5) / width + atom) / total;
        close(mixed.cdf(x), share, 1e-12);
        close(mixed.quantile(share), x, 1e-10);
        assert_eq!(mixed.quantile(mixed.cdf(0.7) - 0.1 / total), 0.7, "within the atom");
        // A number chooses a part, and its place in that.
        let u = stream.uniform();
        let first = weight / total;
        let due = match u {
            u if u < first => u / first,
            u if u < first + 1.0 / total => 0.5 + width * (u - first) * total,
            _ => 0.7,
        };
        close(mixed.at(u), due, 1e-9);
    }
}

#[test]
fn what_a_number_comes_to_is_finite_and_within_the_support() {
    let mut stream = stream("ends");
    for text in [
        r#"{"gamma": {"shape": 1e-300, "mean": 1}}"#,
        r#"{"gamma": {"shape": 1e12, "mean": 1e-300}}"#,
        r#"{"beta": [1e-12, 1e12]}"#,
        r#"{"beta": [1e12, 1e-12]}"#,
        r#"{"beta": [1e-3, 1e9]}"#,
        r#"{"beta": [1e9, 1e-3]}"#,
        r#"{"beta": [1e-300, 1e-300]}"#,
        r#"{"beta": [1e12, 1e12]}"#,
        r#"{"normal": {"mean": 1, "sd": 0}}"#,
        r#"{"truncated_normal": {"mean": 0, "sd": 1, "low": -1e-9, "high": 1e-9}}"#,
        r#"{"truncated_normal": {"mean": 0, "sd": 1, "low": 900000, "high": 1e300}}"#,
        r#"{"truncated_normal": {"mean": 0, "sd": 1e-200, "low": 1, "high": 2}}"#,
        r#"{"pert": [0, 0, 1e-300]}"#,
        "4",
    ] {
        let law = range(text);
        let (low, high) = law.support();
        let mut numbers: Vec<f64> = (0..50).map(|_| stream.uniform()).collect();
        numbers.extend([0.0, 1e-300, 1e-20, 1.0 - f64::EPSILON, 1.0]);
        numbers.sort_by(f64::total_cmp);
        let values: Vec<f64> = numbers.iter().map(|u| law.at(*u)).collect();
        assert!(
            values.iter().all(|x| x.is_finite() && low <= *x && *x <= high),
            "{text}: {values:?}"
        );
        // The shapes of the two that are out of all proportion leave no digits for an order.
        assert!(text.contains("1e-12") || values.is_sorted(), "{text}: {values:?}");
    }
    assert!(range("4").quantile(1.5).is_nan());
}

#[test]
fn laws_so_many_times_as_large_have_such_quantiles() {
    let mut stream = stream("times");
    for round in 0..60 {
        let (text, ..) = random_law(&mut stream, round % 7);
        let (law, factor) = (range(&text), 0.1 + 5.0 * stream.uniform());
        let p = stream.uniform();
        match law.times(factor) {
            None => assert!(text.contains("beta"), "{text}"),
            Some(times) => close(times.quantile(p), factor * law.quantile(p), 1e-9),
        }
    }
    let mixed = range(
        r#"{"mixture": [{"weight": 2, "value": 3}, {"weight": 1, "value": {"empirical": [4]}}]}"#,
    );
    assert_eq!(mixed.times(2.0).unwrap().mean(), 2.0 * mixed.mean());
}
