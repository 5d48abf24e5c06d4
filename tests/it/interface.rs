//! What a program that embeds the crate can do with its types: share them, copy them, write them
//! down, and tell errors apart.

use drawdown::{
    Batch, By, Code, Error, Keep, Losses, Model, Run, Scenario, Series, filter, fit, intervals,
    law, observe, scenario, streams, study,
};
use serde_json::Value;

fn run(trials: u64) -> Run {
    let model = Scenario::example("iraq-2024").unwrap().validate().unwrap().compile();
    model.simulate(&Batch::new(trials, 7)).unwrap()
}

/// Every public type may go to another thread and be looked at by several.
#[test]
fn types_are_shared_by_threads() {
    fn shared<T: Send + Sync + std::fmt::Debug + Unpin>() {}
    fn copied<T: Send + Sync + std::fmt::Debug + Clone + 'static>() {}
    copied::<Scenario>();
    copied::<drawdown::Checked>();
    copied::<Model>();
    copied::<Batch>();
    shared::<drawdown::Running<'_>>();
    copied::<Run>();
    copied::<drawdown::History>();
    copied::<drawdown::Presence>();
    copied::<drawdown::Bands>();
    copied::<drawdown::DateRow>();
    copied::<drawdown::SummaryRow>();
    copied::<drawdown::Distribution>();
    copied::<drawdown::Exceedance>();
    copied::<drawdown::Origin>();
    copied::<drawdown::Event>();
    copied::<drawdown::Kind>();
    copied::<drawdown::Missing>();
    copied::<drawdown::Measure>();
    copied::<drawdown::Unit>();
    copied::<drawdown::Section>();
    copied::<drawdown::Topic>();
    copied::<drawdown::Stop>();
    copied::<drawdown::Problem>();
    copied::<(By, Code, Error, Keep, Losses, Series)>();
    shared::<drawdown::Situation<'_>>();
    #[cfg(feature = "arrow")]
    {
        copied::<drawdown::EventLog>();
        shared::<drawdown::EventReader>();
    }
    copied::<filter::Filter>();
    copied::<filter::Filtered>();
    copied::<filter::Weighed>();
    copied::<filter::Observation>();
    shared::<filter::Filtering<'_>>();
    copied::<fit::Evidence>();
    copied::<fit::Fitted>();
    copied::<fit::Settings>();
    shared::<fit::Fitting<'_>>();
    shared::<fit::Likelihood<'_>>();
    copied::<intervals::Chance>();
    copied::<intervals::Estimate>();
    copied::<law::Law>();
    copied::<law::Range>();
    copied::<observe::Count>();
    copied::<observe::Reported>();
    copied::<scenario::Date>();
    copied::<scenario::Condition>();
    copied::<streams::Stream>();
    copied::<study::Comparison>();
    copied::<study::Contrast>();
    copied::<study::InputSample>();
    copied::<study::Sweep>();
    shared::<study::Point<'_>>();
}

#[test]
fn results_are_written_down_by_name() {
    let run = run(20);
    let dates = json(&run.dates());
    assert_eq!(dates[0]["of"], "overall");
    assert_eq!(dates[0]["chance_met"].as_f64(), Some(run.dates()[0].chance_met));
    let summary = json(&run.summary(By::Site));
    let row = &run.summary(By::Site)[0];
    assert_eq!(summary[0]["measure"], row.measure);
    assert_eq!(summary[0]["unit"], row.unit.as_str());
    assert_eq!(summary[0]["id"], row.id);
    let distribution = json(&run.distribution("attacks", By::Total).unwrap());
    let steps = distribution[0]["steps"].as_array().unwrap();
    assert_eq!(steps.iter().map(|step| step[1].as_u64().unwrap()).sum::<u64>(), 20);
    let bands = run.bands(&Series::People, &[0.1, 0.5]).unwrap();
    let written = json(&bands);
    assert_eq!(written["quantiles"].as_array().unwrap().len(), 2);
    assert_eq!(written["quantiles"][1][3].as_f64(), Some(bands.quantiles[[1, 3]]));
    let history = run.trial(3).unwrap();
    let written = json(&history);
    assert_eq!(written["events"].as_array().unwrap().len(), history.events.len());
    assert_eq!(written["events"][0]["kind"], history.events[0].kind.as_str());
    let presence = history.presence(run.model()).unwrap();
    let last = presence.days.len() - 1;
    let written = json(&presence);
    assert_eq!(written["people"][last][0][0].as_u64(), Some(presence.people[[last, 0, 0]].into()));
    let origin = json(&run.origin());
    assert_eq!((&origin["seed"], &origin["trials_run"]), (&Value::from(7), &Value::from(20)));
    let exceedance = run.exceedance("killed", Losses::Aggregate, Some(&[1.0])).unwrap();
    assert_eq!(json(&exceedance)[0]["chance"]["low"].as_f64(), Some(exceedance[0].chance.low));
    let compared =
        study::Comparison::of(vec![("a".into(), run.clone()), ("b".into(), run)]).unwrap();
    let table = compared.table(By::Total).unwrap();
    let written = json(&table);
    assert_eq!(written[1]["plan"], "b");
    assert_eq!(written[1]["difference"]["mean"].as_f64(), Some(table[1].difference.mean));
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn errors_are_told_apart_and_speak_of_rust() {
    let model = Scenario::example("minimal").unwrap().validate().unwrap().compile();
    let summary = model.simulate(&Batch::new(10, 1).keep(Keep::Summary)).unwrap();
    let unknown = summary.values("atacks", By::Total).unwrap_err();
    assert_eq!(unknown.to_string(), "there is no measure `atacks`; did you mean `attacks`?");
    let Error::Unknown { what, name, known } = unknown else { panic!("{unknown:?}") };
    assert_eq!((what, name.as_str()), ("measure", "atacks"));
    assert!(known.contains(&"killed by site".to_owned()), "{known:?}");
    assert_eq!(summary.values("attacks", By::Total).unwrap_err(), Error::NotKept);
    assert!(matches!(Scenario::example("nothing"), Err(Error::Unknown { what: "example", .. })));
    assert!(matches!(Scenario::from_toml_str("schema = 2"), Err(Error::Refused(_))));
    assert!(matches!(model.simulate(&Batch::new(0, 1)), Err(Error::Usage(_))));
    assert!(matches!("2024-02-30".parse::<scenario::Date>(), Err(Error::Usage(_))));
    let many = model.begin(&Batch::new(1 << 40, 1)).unwrap_err();
    assert!(many.to_string().contains("`Keep::Summary`"), "{many}");
}

/// Names of keyword arguments, such as `keep="summary"`, are those of another language: the door to
/// Python turns what the core says into them.
#[test]
fn messages_have_no_words_of_python() {
    let keyword = |line: &str| {
        let quoted = |(at, _)| line[..at].ends_with(|c: char| c.is_ascii_lowercase() || c == '_');
        line.match_indices("=\\\"").any(quoted)
    };
    let mut found = Vec::new();
    for (path, text) in crate::rooms::files().iter().filter(|(path, _)| !path.starts_with("python"))
    {
        let lines = text.lines().enumerate().filter(|(_, line)| keyword(line));
        found.extend(lines.map(|(k, line)| format!("src/{}:{}: {line}", path.display(), k + 1)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(keyword(r#"simulate with keep=\"trials\" to have them"#));
}
