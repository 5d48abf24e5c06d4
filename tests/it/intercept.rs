//! What stops a weapon: as the site says, else its area, else the world, else the library.

use drawdown::error::Code;
use drawdown::{Batch, Scenario};

use crate::errors::problems;
use crate::statistics::{Dice, run_under, total};

/// One site, with what it, its area and the world say of a weapon.
fn toml(weapon: &str, said: [Option<&str>; 3]) -> String {
    let line = |path: &str, law: Option<&str>| {
        law.map_or(String::new(), |law| format!("{path}.intercept.{weapon} = {law}\n"))
    };
    let [site, area, world] = said;
    format!(
        "schema = 1\nstart = 2025-01-01\nhorizon = 2026-01-01\n\
         world.sites.base.garrison.us = 100\nworld.sites.base.area = \"north\"\n\
         world.sites.other.garrison.us = 100\n\
         world.areas.north.title = \"North\"\n{}{}{}\
         [world.threats.group]\nattacks_per_day = 1\nsite_weights.base = 1\n\
         weapons.{weapon} = {{ share = 1, salvo_mean = 1 }}\n",
        line("world.sites.base.air_defence", site),
        line("world.areas.north", area),
        line("world", world),
    )
}

#[test]
fn the_nearest_says_it() {
    let mut dice = Dice(31);
    for k in 0..60 {
        let said = [0; 3].map(|_| match dice.between(0.0, 3.0) as u32 {
            0 => None,
            1 => Some("0"),
            _ => Some("1"),
        });
        let toml = toml("mortar", said);
        let Some(law) = said.into_iter().flatten().next() else {
            let missing = ("world.threats.group.weapons.mortar".to_owned(), Code::MissingKey);
            assert_eq!(problems(&toml), [missing]);
            continue;
        };
        let run = run_under(&toml, 3, k);
        let (attacks, stopped) = (total(&run, "attacks"), total(&run, "intercepted"));
        for (attacks, stopped) in attacks.iter().zip(stopped) {
            let expected = if law == "1" { *attacks } else { 0.0 };
            assert_eq!(stopped, expected, "{said:?}");
        }
    }
    let run = run_under(&toml("rocket", [None; 3]), 2_000, 1);
    let share: f64 =
        total(&run, "intercepted").iter().sum::<f64>() / total(&run, "attacks").iter().sum::<f64>();
    // beta(6, 4), of some 730,000 attacks.
    assert!((share - 0.6).abs() < 4.5 * (0.24f64 / 730_000.0).sqrt(), "{share}");
}

#[test]
fn a_range_for_all_is_one_number() {
    let said = toml("mortar", [None, None, Some("{ constant = { uniform = [0, 1] } }")])
        .replace("site_weights.base = 1", "site_weights = { base = 1, other = 1 }");
    let model = Scenario::from_toml_str(&said).unwrap().validate().unwrap().compile();
    let run = model.simulate(&Batch::new(2, 1)).unwrap();
    assert_eq!(run.input_paths(), ["world.intercept.mortar.constant"]);
}

#[test]
fn what_nobody_fires_is_told() {
    let said = toml("rocket", [None, Some("0.5"), None]).replace("weapons.rocket", "weapons.drone");
    let warnings = Scenario::from_toml_str(&said).unwrap().validate().unwrap().warnings();
    let paths: Vec<&str> = warnings.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths, ["world.areas.north.intercept.rocket"]);
    let unknown = said.replace("north.intercept.rocket", "north.intercept.mortars");
    assert_eq!(
        problems(&unknown),
        [("world.areas.north.intercept.mortars".to_owned(), Code::DanglingId)]
    );
}
