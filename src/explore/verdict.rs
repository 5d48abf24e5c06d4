//! What a run comes to, in one sentence with its intervals and in the cells of a table.

use serde::Serialize;

use super::words::{NONE, day, interval, people, percent, percent_of, signed};
use crate::error::Result;
use crate::intervals::{Chance, Estimate};
use crate::languages::{Language, Speech, Value, say};
use crate::measure::By;
use crate::results::Run;
use crate::scenario::Date;
use crate::study::Paired;

/// An interval of so many points is told in whole ones.
const WIDE: f64 = 2.0;

/// How surely everything is done by its last announced date.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OnTime {
    /// The date.
    pub by: Date,
    /// The share of histories that are done by then.
    #[serde(flatten)]
    pub chance: Chance,
    /// How much more that is than in the baseline, in the same histories, as a share; `None` where
    /// this is the baseline.
    pub apart: Option<Estimate>,
}

/// The last announced finish, in days from the start.
pub(super) fn announced(run: &Run) -> Option<f64> {
    run.dates().first().filter(|row| row.of == "overall").map(|row| row.announced_days)
}

/// How surely everything is done by its announced date; `None` where nothing is to be done.
pub(super) fn on_time(run: &Run, base: Option<&Run>) -> Result<Option<OnTime>> {
    let Some(announced) = announced(run) else { return Ok(None) };
    // A date lasts until the next midnight; what is missing is not reached.
    let kept = |run: &Run| -> Result<Vec<f64>> {
        let days = run.values("finish_days", By::Total)?;
        Ok(days.iter().map(|day| f64::from(*day < announced + 1.0)).collect())
    };
    let mine = kept(run)?;
    let chance = Chance::of_count(crate::intervals::sum(&mine), mine.len() as f64, None);
    let apart = match base {
        None => None,
        Some(base) => {
            let apart: Vec<f64> = mine.iter().zip(kept(base)?).map(|(x, y)| x - y).collect();
            Some(Estimate::of_chances(&apart, 1))
        }
    };
    Ok(Some(OnTime { by: run.model().day(announced), chance, apart }))
}

/// What is expected of a measure, and what that is more than in the baseline.
pub(super) struct Expected {
    pub here: Estimate,
    pub apart: Option<Estimate>,
}

pub(super) fn expected(run: &Run, base: Option<&Run>, measure: &str) -> Result<Expected> {
    let values = run.values(measure, By::Total)?;
    let here = Estimate::of(&values.iter().copied().collect::<Vec<f64>>(), 1);
    let apart = match base {
        None => None,
        Some(base) => {
            let others = base.values(measure, By::Total)?;
            let pairs = Paired::new(measure, values.column(0), Some(others.column(0)), 1);
            Some(pairs.difference)
        }
    };
    Ok(Expected { here, apart })
}

/// Says what a run comes to, beside a baseline of that name if there is one.
pub(super) fn sentence(
    run: &Run,
    base: Option<&Run>,
    name: &str,
    speech: Speech,
) -> Result<String> {
    let mut parts = Vec::new();
    if let Some(found) = on_time(run, base)? {
        let Chance { share, low, high, .. } = found.chance;
        let [share, low, high] = [share, low, high].map(|share| percent(speech, share));
        let date = day(speech, found.by);
        let said =
            say!(speech, "verdict-on-time", date = date, share = share, low = low, high = high);
        parts.push((said, found.apart.map(|apart| points(speech, &apart, name))));
    }
    if run.model().is_about("casualties") {
        let lost = expected(run, base, "casualties")?;
        let [mean, low, high] = [lost.here.mean, lost.here.low, lost.here.high].map(people);
        let said = say!(speech, "verdict-casualties", mean = mean, low = low, high = high);
        parts.push((said, lost.apart.map(|apart| more(speech, &apart, name))));
    }
    if parts.is_empty() {
        return Ok(say!(speech, "verdict-nothing"));
    }
    let both = parts.iter().filter(|(_, apart)| matches!(apart, Some(None))).count() == 2;
    let told = parts.into_iter().map(|(said, apart)| match apart {
        Some(Some(apart)) => say!(speech, "verdict-apart", said = said, apart = apart),
        Some(None) if !both => say!(speech, "verdict-open", said = said, name = name),
        _ => said,
    });
    let neither = both.then(|| say!(speech, "verdict-both-open", name = name));
    let mut text = speech.statements(told.chain(neither));
    let first = text.remove(0).to_uppercase();
    Ok(say!(speech, "sentence", text = format!("{first}{text}")))
}

/// What [`cells_in`] are about.
#[must_use]
pub fn heads_in(language: Language) -> [String; 6] {
    let speech = language.speech();
    [
        say!(speech, "head-on-time"),
        say!(speech, "head-points-more"),
        say!(speech, "head-95"),
        say!(speech, "head-casualties"),
        say!(speech, "head-more"),
        say!(speech, "head-95"),
    ]
}

/// The verdict in cells of a table, which [`heads_in`] heads.
///
/// # Errors
/// As [`Answer::new`](super::Answer::new).
pub fn cells_in(run: &Run, base: Option<&Run>, language: Language) -> Result<[String; 6]> {
    let speech = language.speech();
    let mut row: [String; 6] = std::array::from_fn(|_| NONE.into());
    if let Some(found) = on_time(run, base)? {
        row[0] = percent_of(speech, found.chance.share);
        if let Some(apart) = found.apart {
            [row[1], row[2]] = apart_cells(speech, &times(&apart, 100.0));
        }
    }
    if run.model().is_about("casualties") {
        let lost = expected(run, base, "casualties")?;
        row[3] = speech.written(people(lost.here.mean));
        if let Some(apart) = lost.apart {
            [row[4], row[5]] = apart_cells(speech, &apart);
        }
    }
    Ok(row)
}

fn apart_cells(speech: Speech, apart: &Estimate) -> [String; 2] {
    let [mean, low, high] = [apart.mean, apart.low, apart.high].map(|one| signed(speech, one));
    [mean, interval(speech, low, high)]
}

/// Whether it is not known on which side of none a difference lies.
pub(super) fn is_open(apart: &Estimate) -> bool {
    !(apart.low > 0.0 || apart.high < 0.0)
}

/// By how many points of a hundred; `None` where that is not to be told from none.
fn points(speech: Speech, apart: &Estimate, name: &str) -> Option<String> {
    if is_open(apart) {
        return None;
    }
    let (is_more, apart) = sized(&times(apart, 100.0));
    let digits = usize::from(apart.high - apart.low < WIDE);
    let [mean, low, high] =
        [apart.mean, apart.low, apart.high].map(|value| Value::Fixed(value, digits));
    Some(match is_more {
        true => {
            say!(speech, "verdict-points-more", mean = mean, low = low, high = high, name = name)
        }
        false => {
            say!(speech, "verdict-points-less", mean = mean, low = low, high = high, name = name)
        }
    })
}

fn more(speech: Speech, apart: &Estimate, name: &str) -> Option<String> {
    if is_open(apart) {
        return None;
    }
    let (is_more, apart) = sized(apart);
    let [mean, low, high] = [apart.mean, apart.low, apart.high].map(people);
    Some(match is_more {
        true => say!(speech, "verdict-more", mean = mean, low = low, high = high, name = name),
        false => say!(speech, "verdict-fewer", mean = mean, low = low, high = high, name = name),
    })
}

/// Whether a difference is above none, and its size.
fn sized(apart: &Estimate) -> (bool, Estimate) {
    if apart.mean > 0.0 {
        return (true, *apart);
    }
    let turned = times(apart, -1.0);
    (false, Estimate { low: turned.high, high: turned.low, ..turned })
}

fn times(apart: &Estimate, by: f64) -> Estimate {
    Estimate {
        mean: by * apart.mean,
        standard_error: by.abs() * apart.standard_error,
        low: by * apart.low,
        high: by * apart.high,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A difference that is surely there.
    fn apart(mean: f64, reach: f64) -> Estimate {
        Estimate { mean, standard_error: 0.1, low: mean - reach, high: mean + reach }
    }

    /// Without marks that nobody sees.
    fn bare(text: Option<String>) -> String {
        let seen = |sign: &char| !matches!(sign, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}');
        text.into_iter().flat_map(|text| text.chars().filter(seen).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn points_go_by_the_plurals_of_the_language() {
        let cases = [
            (
                0.01,
                0.005,
                "1.0 points more than X (0.5 to 1.5)",
                "1,0 point de plus que X (de 0,5 à 1,5)",
            ),
            (0.02, 0.01, "2 points more than X (1 to 3)", "2 points de plus que X (de 1 à 3)"),
            (
                -0.12,
                0.02,
                "12 points less than X (10 to 14)",
                "12 points de moins que X (de 10 à 14)",
            ),
        ];
        for (mean, reach, english, french) in cases {
            let said = |language: Language| points(language.speech(), &apart(mean, reach), "X");
            assert_eq!(bare(said(Language::English)), english);
            assert_eq!(bare(said(Language::French)), french);
        }
        for (mean, due) in [
            (0.01, "بزيادة نقطة واحدة (1) على X (من "),
            (0.02, "بزيادة نقطتين (2) على X (من "),
            (0.03, "بزيادة 3 نقاط على X (من "),
            (0.11, "بزيادة 11 نقطة على X (من "),
            (1.0, "بزيادة 100 نقطة على X (من "),
            (-0.02, "بنقص نقطتين (2) عن X (من "),
            (-0.07, "بنقص 7 نقاط عن X (من "),
            (-0.40, "بنقص 40 نقطة عن X (من "),
        ] {
            // Wide enough for whole points.
            let (near, far) = (0.5 * mean, 1.5 * mean + 0.02 * f64::signum(mean));
            let about = Estimate { low: near.min(far), high: near.max(far), ..apart(mean, 0.0) };
            let said = bare(points(Language::Arabic.speech(), &about, "X"));
            assert!(said.starts_with(due), "{said}");
        }
        assert_eq!(points(Language::French.speech(), &apart(0.01, 0.02), "X"), None);
    }

    #[test]
    fn casualties_have_the_signs_and_words_of_the_language() {
        let many = apart(-12_345.6, 100.0);
        for (language, due) in [
            (Language::English, "12,346 fewer than X (12,246 to 12,446)"),
            (Language::French, "12\u{202f}346 de moins que X (de 12\u{202f}246 à 12\u{202f}446)"),
            (Language::Arabic, "بنقص 12,346 عن X (من 12,246 إلى 12,446)"),
        ] {
            assert_eq!(bare(more(language.speech(), &many, "X")), due);
        }
        let few = apart(1.25, 0.2);
        let due = "بزيادة 1.2 على X (من 1.1 إلى 1.4)";
        assert_eq!(bare(more(Language::Arabic.speech(), &few, "X")), due);
        // No number of digits is too many for the library of plural rules.
        let huge = apart(1e30, 1.0);
        for language in Language::ALL {
            assert!(more(language.speech(), &huge, "X").is_some());
        }
    }
}
