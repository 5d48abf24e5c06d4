//! The harm that is to be expected of an attack.

use super::Threats;
use super::arrivals::Front;
use super::attacks::Attack;
use crate::model::Lane;
use crate::streams::Purpose;
use crate::trial::context::Context;
use crate::trial::expected::Reckoned;
use crate::trial::people::People;

impl Threats {
    /// Writes down the harm that was to be expected of an attack of which so many projectiles got
    /// through.
    ///
    /// Of each of them it is the mean harm among those who are left to be harmed, given what those
    /// before it did: g(there - harmed). Where how many get through has a law in tables, that of the
    /// first, g(there), is taken for as many as get through on average; so chance has a part in it
    /// only where an attack harms so many that the next projectile finds notably fewer.
    #[cold]
    #[inline(never)]
    pub(super) fn expect_harm(
        &self,
        ctx: &mut Context<'_>,
        people: &People,
        attack: Attack,
        through: u32,
    ) {
        let Front { lane, marks, leaks, defended, .. } = self.arrivals.fronts[attack.channel];
        let Lane { site, on_leg, .. } = lane;
        let Some(expected) = &mut ctx.expected else { return };
        let mark = &ctx.draw.marks[marks];
        let mut stream = attack.seed.stream(Purpose::Harm);
        let present = match on_leg {
            None => people.present[site],
            Some(exposure) => people.convoy_met(ctx.model, (site, exposure), &mut stream).people,
        };
        if present == 0 {
            return;
        }
        let known = &mut expected.reckoned[attack.channel];
        if (known.marks, known.present) != (marks, present) {
            *known = Reckoned { marks, present, harmed: mark.harmed(present) };
        }
        let harmed = known.harmed;
        let on_average = match &ctx.draw.leaks[leaks] {
            Some(leaks) => leaks[usize::from(defended)].mean(),
            None => f64::from(through),
        };
        let mut all = on_average * harmed;
        let asked = !ctx.model.levels.is_empty();
        if through > 1 || asked && through > 0 {
            let (casualties, _) = mark.harm(through, present, &mut stream, |before, chances| {
                if before > 0 {
                    all -= chances * (harmed - mark.harmed_of(present, present - before));
                }
                if asked {
                    expected.reached.projectiles(mark, present, before, chances);
                }
            });
            expected.reached.attacked(casualties);
        }
        let both = mark.wounded_and_killed(all);
        expected.harm.iter_mut().zip(both).for_each(|(sum, more)| *sum += more);
    }
}
