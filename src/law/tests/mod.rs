//! Every law against its closed forms.

mod quantiles;

use super::check::ANY;
use super::moments::square;
use super::*;
use crate::error::Code;
use crate::variates::testing::{assert_law, assert_mean, assert_moments, assert_share};
use crate::variates::testing::{below, sample, stream};

const RUNS: usize = 750_000;

fn range(text: &str) -> Range {
    serde_json::from_str(text).unwrap()
}

fn law(text: &str) -> Law {
    serde_json::from_str(text).unwrap()
}

fn draw(range: &Range, runs: usize) -> Vec<f64> {
    let name = serde_json::to_string(range).unwrap();
    sample(&name, runs, |stream| range.sample(|x| *x, stream))
}

/// Samples against the exact moments, the distribution function and the support.
#[track_caller]
fn agrees(text: &str, below: impl Fn(f64) -> f64) -> Vec<f64> {
    let range = range(text);
    let values = draw(&range, RUNS);
    assert_moments(text, &values, range.mean(), range.variance());
    assert_law(text, &values, below);
    let (low, high) = range.support();
    assert!(values.iter().all(|x| (low..=high).contains(x)), "{text}");
    values
}

fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / 2.0f64.sqrt())
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    let gap = (found - expected).abs();
    assert!(gap <= tolerance * expected.abs(), "{found} against {expected}");
}

#[test]
fn row_19_pert() {
    let text = r#"{"pert": [0, 30, 150]}"#;
    close(range(text).mean(), 45.0, 1e-12);
    close(range(text).variance(), 675.0, 1e-12);
    let density = |x: f64| libm::pow(x, 0.8) * libm::pow(150.0 - x, 3.2);
    let values = agrees(text, below(density, 0.0, 150.0));
    assert_share("median", &values, |x| x < 41.5009, 0.5);
    assert_share("q90", &values, |x| x < 81.8001, 0.9);
    // The same, 50 further on.
    let moved = r#"{"pert": [50, 80, 200]}"#;
    close(range(moved).mean(), 95.0, 1e-12);
    close(range(moved).variance(), 675.0, 1e-12);
    agrees(moved, below(move |x| density(x - 50.0), 50.0, 200.0));
}

#[test]
fn row_20_lognormal_slip() {
    let text = r#"{"lognormal": {"median": 1.08, "sigma": 0.25}}"#;
    let values = agrees(text, |x| normal_below(libm::log(x / 1.08) / 0.25));
    assert_share("P(<= 365)", &values, |x| 365.0 * x <= 365.0, 0.379_100);
    assert_share("P(<= 376)", &values, |x| 365.0 * x <= 376.0, 0.425_016);
    assert_share("P(ratio > 1.25)", &values, |x| x > 1.25, 0.279_365);
    let overdue = values.iter().map(|x| (365.0 * x - 365.0).max(0.0));
    assert_mean("overdue", overdue, 62.758_150);
}

#[test]
fn uniform_and_triangular() {
    agrees(r#"{"uniform": [-1, 3]}"#, |x| (x + 1.0) / 4.0);
    for (mode, text) in [
        (2.0, r#"{"triangular": [1, 2, 6]}"#),
        (1.0, r#"{"triangular": [1, 1, 6]}"#),
        (6.0, r#"{"triangular": [1, 6, 6]}"#),
    ] {
        let density = move |x: f64| match x < mode {
            true => (x - 1.0) / (mode - 1.0),
            false => (6.0 - x) / (6.0 - mode),
        };
        agrees(text, below(density, 1.0, 6.0));
    }
}

#[test]
fn normal_gamma_beta_exponential() {
    agrees(r#"{"normal": {"mean": 3, "sd": 2}}"#, |x| normal_below((x - 3.0) / 2.0));
    let density = |x: f64| libm::pow(x, 1.5) * libm::exp(-x / 2.0);
    agrees(r#"{"gamma": {"shape": 2.5, "mean": 5}}"#, below(density, 0.0, 100.0));
    let density = |x: f64| libm::pow(x, 16.0) * (1.0 - x) * (1.0 - x);
    agrees(r#"{"beta": [17, 3]}"#, below(density, 0.0, 1.0));
    agrees(r#"{"exponential": {"mean": 45}}"#, |x| -libm::expm1(-x / 45.0));
}

/// Mean, standard deviation, bounds: one for each way of sampling, and both tails.
const CUTS: [(f64, f64, f64, f64); 7] = [
    (0.4, 0.35, -0.4, 1.2),
    (0.0, 1.0, -0.3, 1.5),
    (0.0, 1.0, 0.0, 9.0),
    (1.0, 1.0, 4.0, 10.0),
    (1.0, 1.0, -10.0, -2.0),
    (0.0, 1.0, 2.0, 2.25),
    (20.0, 2.0, -30.0, 8.0),
];

#[test]
fn truncated_normal() {
    for (mean, sd, low, high) in CUTS {
        let text = format!(
            r#"{{"truncated_normal": {{"mean": {mean}, "sd": {sd}, "low": {low}, "high": {high}}}}}"#
        );
        // From the bound nearer to the mean, or the density is 0 in most cells.
        let nearest = mean.max(low).min(high);
        let (from, to) = (low.max(nearest - 8.0 * sd), high.min(nearest + 8.0 * sd));
        let exponent = move |x: f64| -0.5 * square((x - mean) / sd);
        let density = move |x: f64| libm::exp(exponent(x) - exponent(nearest));
        agrees(&text, below(density, from, to));
    }
}

#[test]
fn truncated_normal_moments_in_closed_form() {
    for (mean, sd, low, high) in CUTS {
        let cut = Cut::new(mean, sd, low, high).unwrap();
        // Of the mirror image, if need be, so that tails keep their digits.
        let sign = if cut.a > 0.0 { -1.0 } else { 1.0 };
        let (a, b) = if cut.a > 0.0 { (-cut.b, -cut.a) } else { (cut.a, cut.b) };
        let density = |z: f64| libm::exp(-0.5 * z * z) / std::f64::consts::TAU.sqrt();
        let mass = normal_below(b) - normal_below(a);
        let shift = (density(a) - density(b)) / mass;
        let spread = 1.0 + (a * density(a) - b * density(b)) / mass - shift * shift;
        close(cut.moments().0, mean + sign * sd * shift, 1e-9);
        close(cut.moments().1, sd * sd * spread, 1e-9);
    }
}

#[test]
fn bounds_far_out_leave_the_normal_law() {
    let cut = Cut::new(3.0, 2.0, -1e9, 1e9).unwrap();
    close(cut.moments().0, 3.0, 1e-12);
    close(cut.moments().1, 4.0, 1e-12);
}

#[test]
fn truncated_normal_at_its_limits() {
    let one = |mean, sd, low, high| {
        let family = Family::TruncatedNormal { mean, sd, low, high };
        family.sample(|x: &f64| *x, &mut stream("limits"))
    };
    assert_eq!(one(0.0, 0.0, 1.0, 2.0), 1.0);
    assert_eq!(one(1.5, 0.0, 1.0, 2.0), 1.5);
    assert_eq!(one(1.0, 0.0, 1.0, 2.0), 1.0);
    assert_eq!(one(9.0, 1e-300, 1.0, 2.0), 2.0);
    assert_eq!(one(1.5, 1e-300, 1.0, 2.0), 1.5);
    assert_eq!(one(0.0, 1.0, 0.0, 0.0), 0.0);
    assert_eq!(one(0.0, 1.0, 5.0, 5.0), 5.0);
    assert_eq!(one(0.0, 1.0, 1e300, 1e305), 1e300);
    assert!(one(0.0, 1.0, -1e-12, 1e-12).abs() <= 1e-12);
    let far = one(0.0, 1.0, 9e5, 1e6);
    assert!(far > 9e5 && far < 9e5 + 1e-3, "{far}");
    // Far out the law is exponential with rate a.
    let cut = Cut::new(0.0, 1.0, 1e5, 1e6).unwrap();
    close(cut.moments().1, 1e-10, 1e-8);
}

#[test]
fn constant_empirical_mixture() {
    assert_eq!(draw(&range("2.5"), 1), [2.5]);
    assert_eq!(draw(&range(r#"{"constant": 2}"#), 1), [2.0]);
    assert_eq!(range(r#"{"constant": 2}"#).variance(), 0.0);

    let recorded = range(r#"{"empirical": [1, 2, 2, 7]}"#);
    let values = draw(&recorded, RUNS);
    assert_moments("empirical", &values, recorded.mean(), recorded.variance());
    close(recorded.variance(), 5.5, 1e-12);
    for (value, share) in [(1.0, 0.25), (2.0, 0.5), (7.0, 0.25)] {
        assert_share("empirical", &values, |x| x == value, share);
    }

    let mixed = range(
        r#"{"mixture": [{"weight": 3, "value": 2}, {"weight": 0, "value": 99},
            {"weight": 5, "value": {"mixture": [{"weight": 1, "value": {"uniform": [4, 8]}}]}}]}"#,
    );
    let values = draw(&mixed, RUNS);
    close(mixed.mean(), (3.0 * 2.0 + 5.0 * 6.0) / 8.0, 1e-12);
    close(mixed.variance(), 5.0 / 8.0 * 16.0 / 12.0 + 15.0 / 64.0 * 16.0, 1e-12);
    assert_moments("mixture", &values, mixed.mean(), mixed.variance());
    assert_share("the number", &values, |x| x == 2.0, 0.375);
    assert_share("the law", &values, |x| x > 4.0, 0.625);
    assert_eq!(mixed.support(), (2.0, 99.0));
}

#[test]
fn laws_without_width_are_constants() {
    for text in [
        r#"{"uniform": [5, 5]}"#,
        r#"{"triangular": [5, 5, 5]}"#,
        r#"{"pert": [5, 5, 5]}"#,
        r#"{"normal": {"mean": 5, "sd": 0}}"#,
        r#"{"lognormal": {"median": 5, "sigma": 0}}"#,
        r#"{"truncated_normal": {"mean": 1, "sd": 2, "low": 5, "high": 5}}"#,
    ] {
        let range = range(text);
        assert!(draw(&range, 100).iter().all(|x| *x == 5.0), "{text}");
        assert_eq!((range.mean(), range.variance()), (5.0, 0.0), "{text}");
        assert_eq!(problems(text, ANY), [], "{text}");
    }
}

#[test]
fn parameters_at_zero_give_numbers() {
    // What a range may give a law in a draw.
    let mut stream = stream("zero");
    for family in [
        Family::Gamma { shape: 0.0, mean: 5.0 },
        Family::Exponential { mean: 0.0 },
        Family::Lognormal { median: 0.0, sigma: 1.0 },
        Family::Beta([0.0, 2.0]),
    ] {
        assert_eq!(family.sample(|x| *x, &mut stream), 0.0, "{family:?}");
    }
    assert_eq!(Family::Beta([2.0, 0.0]).sample(|x| *x, &mut stream), 1.0);
    assert_eq!(Family::Beta([1.0, 0.0]).sample(|x| *x, &mut stream), 1.0);
    assert_eq!(Family::Beta([0.0, 0.0]).sample(|x| *x, &mut stream), 0.0);
}

#[test]
fn mapping_names_each_parameter() {
    let range = range(
        r#"{"mixture": [{"weight": 1, "value": {"pert": [0, 1.5, 9]}},
            {"weight": 2, "value": {"lognormal": {"median": 3, "sigma": 0.5}}}]}"#,
    );
    let Range::Family(family) = &range else { unreachable!() };
    let (mut places, mut values) = (Vec::new(), Vec::new());
    let numbered = family.map(&mut |place, value| {
        places.push(place.to_owned());
        values.push(*value);
        values.len() - 1
    });
    let expected = [
        "mixture.0.weight",
        "mixture.0.value.pert.0",
        "mixture.0.value.pert.1",
        "mixture.0.value.pert.2",
        "mixture.1.weight",
        "mixture.1.value.lognormal.median",
        "mixture.1.value.lognormal.sigma",
    ];
    assert_eq!(places, expected);
    let looked_up = |stream: &mut Stream| numbered.sample(|k| values[*k], stream);
    assert_eq!(draw(&range, 100), sample(&serde_json::to_string(&range).unwrap(), 100, looked_up));
}

#[test]
fn writing_back_keeps_the_form() {
    for text in [
        "3.5",
        r#"{"uniform":[1.0,{"pert":[2.0,3.0,4.0]}]}"#,
        r#"{"truncated_normal":{"mean":1.0,"sd":2.0,"low":0.0,"high":5.0}}"#,
        r#"{"mixture":[{"weight":1.0,"value":58.0},{"weight":2.0,"value":{"beta":[1.0,2.0]}}]}"#,
        r#"{"empirical":[1.0,2.0]}"#,
    ] {
        assert_eq!(serde_json::to_string(&law(text)).unwrap(), text);
    }
    assert_eq!(range("3"), Range::Number(3.0));
    let table: toml::Table = "x = { pert = [0, 30, 150] }\ny = 4".parse().unwrap();
    let read = |key: &str| table[key].clone().try_into::<Law>().unwrap();
    assert_eq!(read("x"), law(r#"{"pert": [0, 30, 150]}"#));
    assert_eq!(toml::Value::try_from(read("y")).unwrap(), toml::Value::Float(4.0));
    let refused = |text| serde_json::from_str::<Law>(text).is_err();
    assert!(refused(r#"{"prt": [1, 2, 3]}"#) && refused(r#"{"pert": [1, 2]}"#));
    assert!(refused(r#"{"normal": {"mean": 1, "sd": 2, "low": 3}}"#) && refused("\"3\""));
}

#[test]
fn the_schema_is_a_number_or_a_family() {
    let schema = schemars::schema_for!(Law).to_value();
    assert_eq!(schema["title"], "Law");
    assert!(schema["$defs"]["Range"]["description"].as_str().unwrap().contains("nobody knows"));
    let alternatives = schema["anyOf"].as_array().unwrap();
    assert_eq!(alternatives[0]["type"], "number");
    assert!(alternatives[1]["$ref"].as_str().unwrap().starts_with("#/$defs/Family"));
    assert!(schema.to_string().contains("Mean (low + 4 mode + high) / 6."));
}

fn problems(text: &str, limits: (f64, f64)) -> Vec<(String, Code)> {
    let mut problems = Vec::new();
    law(text).check("x", limits, &mut problems);
    assert!(problems.iter().all(|p| !p.what.is_empty() && !p.remedy.is_empty()));
    problems.into_iter().map(|p| (p.path, p.code)).collect()
}

#[test]
fn faults() {
    const PROBABILITY: (f64, f64) = (0.0, 1.0);
    let faulty = [
        ("-1", PROBABILITY, "x", Code::OutOfRange),
        (r#"{"pert": [0, 0.5, 1.5]}"#, PROBABILITY, "x", Code::OutOfRange),
        (r#"{"normal": {"mean": 0.5, "sd": 0.1}}"#, PROBABILITY, "x", Code::OutOfRange),
        (r#"{"constant": {"uniform": [0, 2]}}"#, PROBABILITY, "x", Code::OutOfRange),
        (r#"{"mixture": [{"weight": 1, "value": 2}]}"#, PROBABILITY, "x", Code::OutOfRange),
        (r#"{"pert": [9, 5, 1]}"#, ANY, "x", Code::BadLaw),
        (r#"{"uniform": [2, 1]}"#, ANY, "x", Code::BadLaw),
        (r#"{"triangular": [1, 5, 4]}"#, ANY, "x", Code::BadLaw),
        (r#"{"triangular": [0, {"uniform": [1, 5]}, 4]}"#, ANY, "x", Code::BadLaw),
        (r#"{"normal": {"mean": 0, "sd": -1}}"#, ANY, "x.normal.sd", Code::BadLaw),
        (r#"{"lognormal": {"median": 0, "sigma": 1}}"#, ANY, "x.lognormal.median", Code::BadLaw),
        (
            r#"{"lognormal": {"median": {"normal": {"mean": 9, "sd": 1}}, "sigma": 1}}"#,
            ANY,
            "x.lognormal.median",
            Code::BadLaw,
        ),
        (r#"{"gamma": {"shape": 0, "mean": 1}}"#, ANY, "x.gamma.shape", Code::BadLaw),
        (r#"{"gamma": {"shape": 1, "mean": -1}}"#, ANY, "x.gamma.mean", Code::BadLaw),
        (r#"{"beta": [0, 1]}"#, ANY, "x.beta.0", Code::BadLaw),
        (r#"{"beta": [1, {"uniform": [-1, 1]}]}"#, ANY, "x.beta.1", Code::BadLaw),
        (r#"{"exponential": {"mean": 0}}"#, ANY, "x.exponential.mean", Code::BadLaw),
        (
            r#"{"truncated_normal": {"mean": 0, "sd": 1, "low": 2, "high": 1}}"#,
            ANY,
            "x",
            Code::BadLaw,
        ),
        (r#"{"uniform": [0, {"pert": [9, 5, 1]}]}"#, ANY, "x.uniform.1", Code::BadLaw),
        (r#"{"mixture": []}"#, ANY, "x.mixture", Code::BadLaw),
        (r#"{"mixture": [{"weight": 0, "value": 2}]}"#, ANY, "x.mixture", Code::BadLaw),
        (r#"{"mixture": [{"weight": -1, "value": 2}]}"#, ANY, "x.mixture.0.weight", Code::BadLaw),
        (
            r#"{"mixture": [{"weight": 1, "value": {"uniform": [2, 1]}}]}"#,
            ANY,
            "x.mixture.0.value",
            Code::BadLaw,
        ),
        (r#"{"empirical": []}"#, ANY, "x.empirical", Code::BadLaw),
    ];
    for (text, limits, path, code) in faulty {
        assert_eq!(problems(text, limits), [(path.to_owned(), code)], "{text}");
    }
}

#[test]
fn what_is_outside_its_limits_is_said_in_words() {
    for (text, limits, said) in [
        ("-1", (0.0, 1.0), "between 0 and 1, and is -1"),
        (r#"{"uniform": [0, 2]}"#, (0.0, 1.0), "between 0 and 1, and is 0 to 2"),
        (
            r#"{"exponential": {"mean": 1}}"#,
            (f64::NEG_INFINITY, 1.0),
            "1 or below, and is 0 or more",
        ),
        (
            r#"{"normal": {"mean": 0, "sd": 1}}"#,
            (0.0, f64::INFINITY),
            "0 or above, and is without bounds",
        ),
    ] {
        let mut problems = Vec::new();
        range(text).check("x", limits, &mut problems);
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert_eq!(problem.what, format!("it must be {said}"));
        assert_eq!(
            problem.remedy.contains("truncated_normal"),
            said.contains("bounds") || said.ends_with("or more")
        );
    }
}

#[test]
fn each_fault_is_reported() {
    let many = r#"{"mixture": [{"weight": -1, "value": {"uniform": [2, 1]}},
        {"weight": 1, "value": {"gamma": {"shape": 0, "mean": 0}}}]}"#;
    assert_eq!(problems(many, ANY).len(), 4);
}

#[test]
fn not_finite() {
    let mut found = Vec::new();
    Law::Number(f64::NAN).check("x", ANY, &mut found);
    let pert = Family::Pert([0.0, f64::NAN, 1.0]);
    Range::Family(pert).check("y", ANY, &mut found);
    Range::Family(Family::Empirical(vec![1.0, f64::INFINITY])).check("z", ANY, &mut found);
    let places: Vec<_> = found.iter().map(|p| (p.path.as_str(), p.code)).collect();
    let code = Code::NotFinite;
    assert_eq!(places, [("x", code), ("y.pert.1", code), ("z.empirical.1", code)]);
}

#[test]
fn what_is_right_is_accepted() {
    const POSITIVE: (f64, f64) = (0.0, f64::INFINITY);
    for (text, limits) in [
        ("0", (0.0, 1.0)),
        (r#"{"beta": [{"lognormal": {"median": 2, "sigma": 1}}, 3]}"#, (0.0, 1.0)),
        (r#"{"pert": [0, {"uniform": [10, 50]}, {"uniform": [50, 200]}]}"#, POSITIVE),
        (r#"{"lognormal": {"median": 1.03, "sigma": {"uniform": [0, 0.3]}}}"#, POSITIVE),
        (r#"{"exponential": {"mean": {"gamma": {"shape": 2, "mean": 9}}}}"#, POSITIVE),
        (r#"{"truncated_normal": {"mean": 2, "sd": 0.35, "low": -0.4, "high": 1}}"#, (-5.0, 5.0)),
        (r#"{"mixture": [{"weight": 0, "value": 1}, {"weight": 1, "value": 0}]}"#, (0.0, 1.0)),
    ] {
        assert_eq!(problems(text, limits), [], "{text}");
    }
}

#[test]
fn the_list_of_families_is_the_schemas() {
    let schema = crate::scenario::json_schema();
    let of_numbers = &schema["$defs"]["Family_of_double"]["oneOf"];
    let listed = families();
    for (one, family) in of_numbers.as_array().unwrap().iter().zip(&listed) {
        let (name, about) = one["properties"].as_object().unwrap().iter().next().unwrap();
        assert_eq!(name, family.name);
        assert_eq!(about["type"] == "array", family.is_list, "{name}");
        if let Some(properties) = about["properties"].as_object() {
            let names: Vec<&str> = properties.keys().map(String::as_str).collect();
            let mut ours: Vec<&str> = family.parameters.iter().map(|one| one.name).collect();
            ours.sort_unstable();
            assert_eq!(
                ours,
                {
                    let mut names = names;
                    names.sort_unstable();
                    names
                },
                "{name}"
            );
        }
        if let Some(items) = about["minItems"].as_u64() {
            assert_eq!(items, family.parameters.len() as u64, "{name}");
        }
    }
    assert_eq!(of_numbers.as_array().unwrap().len(), listed.len());
}

#[test]
fn least_values_of_parameters_are_those_that_are_checked() {
    for (family, text) in [
        ("lognormal", r#"{"lognormal": {"median": M, "sigma": S}}"#),
        ("gamma", r#"{"gamma": {"shape": M, "mean": S}}"#),
        ("beta", r#"{"beta": [M, S]}"#),
        ("normal", r#"{"normal": {"mean": M, "sd": S}}"#),
    ] {
        let info = families().into_iter().find(|info| info.name == family).unwrap();
        for (k, parameter) in info.parameters.iter().enumerate() {
            for value in [-1.0, 0.0, 1.0] {
                let values = [if k == 0 { value } else { 1.0 }, if k == 1 { value } else { 1.0 }];
                let text = text.replace('M', &values[0].to_string());
                let text = text.replace('S', &values[1].to_string());
                let due = value > parameter.least || value == parameter.least && !parameter.above;
                assert_eq!(problems(&text, ANY).is_empty(), due, "{text}");
            }
        }
    }
}
