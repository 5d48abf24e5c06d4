//! A summary says what every trial would.

use drawdown::{
    Batch, By, Distribution, Keep, MEASURES, Model, Run, Scenario, Series, SummaryRow, Unit,
};

fn iraq() -> Model {
    Scenario::example("iraq-2024").unwrap().validate().unwrap().compile()
}

fn simulate(keep: Keep, trials: u64, threads: usize) -> Run {
    iraq().simulate(&Batch::new(trials, 11).threads(threads).keep(keep)).unwrap()
}

/// Everything that both ways of keeping tell, to the last bit.
fn told(run: &Run) -> Vec<String> {
    let summaries = By::ALL.iter().map(|&by| format!("{:?}", run.summary(by)));
    let distributions = MEASURES.iter().map(|m| run.distribution(m.name, m.by).unwrap());
    let distributions = distributions.map(|distribution| format!("{distribution:?}"));
    let rest = [format!("{:?}", run.dates()), format!("{:?}", run.origin())];
    summaries.into_iter().chain(distributions).chain(rest).collect()
}

#[test]
fn counts_and_moments_are_those_of_every_trial() {
    let (trials, summary) = (simulate(Keep::Trials, 2_000, 2), simulate(Keep::Summary, 2_000, 2));
    assert_eq!((summary.keep(), summary.trials()), (Keep::Summary, 2_000));
    assert_eq!(summary.origin(), trials.origin());
    for &by in By::ALL {
        for (mine, exact) in summary.summary(by).iter().zip(trials.summary(by)) {
            let what = format!("{} {} by {by:?}", mine.measure, mine.id);
            assert_eq!((mine.measure, &mine.id), (exact.measure, &exact.id));
            assert_eq!(mine.mean.to_bits(), exact.mean.to_bits(), "{what}");
            assert_eq!(mine.standard_error.to_bits(), exact.standard_error.to_bits(), "{what}");
            assert_eq!(mine.missing, exact.missing, "{what}");
            let quantiles = |row: &SummaryRow| [row.p10, row.p50, row.p80, row.p90];
            for (mine, value) in quantiles(mine).into_iter().zip(quantiles(&exact)) {
                assert!(within(mine, value, exact.unit), "{what}: {mine} for {value}");
            }
        }
    }
}

/// As `Keep::Summary` promises: exact, or rounded down by less than its resolution.
fn within(mine: f64, exact: f64, unit: Unit) -> bool {
    let resolution = match unit {
        Unit::Days => 1.0 / 16.0,
        Unit::Share => 1.0 / 4_096.0,
        Unit::PersonDays | Unit::Cost => (exact / 4_096.0).max(1.0),
        _ if exact < 65_536.0 => return mine == exact,
        _ => exact / 32_768.0,
    };
    exact.is_nan() && mine.is_nan() || mine <= exact && exact < mine + resolution
}

#[test]
fn dates_are_the_same_days_with_the_same_chances() {
    let (trials, summary) = (simulate(Keep::Trials, 2_000, 2), simulate(Keep::Summary, 2_000, 2));
    assert!(trials.dates().iter().any(|row| row.chance_met > 0.05 && row.chance_met < 0.95));
    for (mine, exact) in summary.dates().iter().zip(trials.dates()) {
        let bits = |row: &drawdown::DateRow| {
            [row.chance_met, row.chance_met_se, row.mean_slip_days, row.unfinished, row.people_left]
                .map(f64::to_bits)
        };
        let days = |row: &drawdown::DateRow| {
            [row.p10_days, row.p50_days, row.p80_days, row.p90_days].map(|x| x.floor().to_bits())
        };
        assert_eq!((mine.of, &mine.id), (exact.of, &exact.id));
        assert_eq!(bits(mine), bits(&exact), "{} {}", mine.of, mine.id);
        assert_eq!(days(mine), days(&exact), "{} {}", mine.of, mine.id);
    }
}

#[test]
fn distributions_of_whole_numbers_are_exact() {
    let (trials, summary) = (simulate(Keep::Trials, 1_000, 2), simulate(Keep::Summary, 1_000, 2));
    let counted = |measure: &&drawdown::Measure| {
        !matches!(measure.unit, Unit::Days | Unit::PersonDays | Unit::Share | Unit::Cost)
    };
    for measure in MEASURES.iter().filter(counted) {
        let of = |run: &Run| run.distribution(measure.name, measure.by).unwrap();
        assert_eq!(of(&summary), of(&trials), "{} by {:?}", measure.name, measure.by);
    }
    for series in [Series::People, Series::Attacks, Series::Killed] {
        let of = |run: &Run| run.bands(&series, &[0.1, 0.9]).unwrap();
        assert_eq!(of(&summary), of(&trials));
    }
    assert_eq!(summary.tension_shares(), trials.tension_shares());
}

#[test]
fn a_summary_is_the_same_however_trials_are_divided() {
    let one = told(&simulate(Keep::Summary, 700, 1));
    for threads in [2, 7] {
        assert_eq!(told(&simulate(Keep::Summary, 700, threads)), one, "{threads} threads");
    }
    // One trial at a time, in blocks of one.
    let model = iraq();
    let mut running = model.begin(&Batch::new(700, 11).threads(2).keep(Keep::Summary)).unwrap();
    while running.advance(std::time::Duration::ZERO).unwrap() {}
    assert_eq!(told(&running.finish()), one);
}

#[test]
fn an_early_stop_is_a_summary_of_the_first_trials() {
    let model = iraq();
    let mut running = model.begin(&Batch::new(5_000, 11).threads(2).keep(Keep::Summary)).unwrap();
    for _ in 0..40 {
        running.advance(std::time::Duration::ZERO).unwrap();
    }
    let few = running.finish();
    let same = simulate(Keep::Summary, few.trials(), 1);
    assert_eq!(format!("{:?}", few.summary(By::Site)), format!("{:?}", same.summary(By::Site)));
    assert_eq!(few.trials(), few.origin().trials_run);
}

#[test]
fn what_is_kept_does_not_grow_with_the_number_of_trials() {
    let model = Scenario::example("minimal").unwrap().validate().unwrap().compile();
    let bins = |trials| {
        let run = model.simulate(&Batch::new(trials, 1).keep(Keep::Summary)).unwrap();
        let each = MEASURES.iter().map(|m| run.distribution(m.name, m.by).unwrap());
        let bins =
            |of: Vec<Distribution>| of.iter().map(|each| each.steps.len()).max().unwrap_or(0);
        (each.map(bins).max().unwrap(), run.trials())
    };
    let (few, many) = (bins(1_000), bins(100_000));
    assert_eq!((few.1, many.1), (1_000, 100_000));
    // No measure of days has more bins than sixteenths of a day up to the horizon; person-days
    // have 4,096 for each doubling.
    let most = (16.0 * model.horizon_days()) as usize;
    assert!(few.0 <= many.0 && many.0 < most, "{} and {} bins of {most}", few.0, many.0);
    assert!(many.0 < 20 * few.0, "a hundred times as many trials: {} and {} bins", few.0, many.0);
}

#[test]
fn single_trials_are_refused_or_simulated_once_more() {
    let (trials, summary) = (simulate(Keep::Trials, 30, 2), simulate(Keep::Summary, 30, 2));
    for error in [
        summary.values("attacks", By::Total).unwrap_err().to_string(),
        summary.inputs().unwrap_err().to_string(),
    ] {
        assert!(error.contains("`Keep::Trials`"), "{error}");
    }
    assert!(summary.values("atacks", By::Total).unwrap_err().to_string().contains("no measure"));
    assert!(summary.distribution("atacks", By::Total).is_err());
    assert_eq!(summary.trial(29).unwrap().row().len(), trials.trial(29).unwrap().row().len());
    assert_eq!(summary.trial(29).unwrap().events, trials.trial(29).unwrap().events);
    assert!(summary.trial(30).is_err());
}

#[test]
fn a_batch_that_is_too_large_is_told_what_to_do() {
    let model = iraq();
    let error = model.begin(&Batch::new(1 << 40, 1)).unwrap_err().to_string();
    assert!(error.contains("`Keep::Summary`"), "{error}");
    let error = model.begin(&Batch::new(1 << 40, 1).keep(Keep::Summary)).unwrap_err().to_string();
    assert!(error.contains("at most 2147483647"), "{error}");
    assert!(model.begin(&Batch::new(10_000_000, 1).keep(Keep::Summary)).is_ok());
}
