//! Barrages at others in the region, which sites help to meet.

use super::{Due, Kind, Trial};
use crate::measure::M;
use crate::streams::{Purpose, Stream};
use crate::variates::exponential;

/// By state of tension: the luck of barrages, and how many must still be expected until the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Barrages {
    clocks: Vec<(Stream, f64)>,
}

impl Trial<'_> {
    pub(super) fn begin_barrages(&mut self) {
        self.barrages.clocks.clear();
        let Some(about) = &self.model.region.barrages else { return };
        for who in &about.who {
            let mut stream = self.luck.once(*who, Purpose::Barrages);
            let budget = exponential(&mut stream);
            self.barrages.clocks.push((stream, budget));
        }
        self.await_barrage();
    }

    fn await_barrage(&mut self) {
        if let Some(about) = &self.model.region.barrages {
            let rate = about.per_day[self.state].of(&self.draw.values);
            let (_, budget) = self.barrages.clocks[self.state];
            let wait = if rate > 0.0 { budget / rate } else { f64::INFINITY };
            self.agenda.set(Due::Barrage, self.now + wait);
        }
    }

    /// The tension has changed from `before`: another clock runs now.
    pub(super) fn tension_moves_barrages(&mut self, before: usize) {
        if let Some(about) = &self.model.region.barrages {
            let rate = about.per_day[before].of(&self.draw.values);
            if rate > 0.0 {
                let left = (self.agenda.time(Due::Barrage) - self.now) * rate;
                self.barrages.clocks[before].1 = left.max(0.0);
            }
            self.await_barrage();
        }
    }

    pub(super) fn barrage(&mut self) {
        let Some(about) = &self.model.region.barrages else { return };
        let (stream, budget) = &mut self.barrages.clocks[self.state];
        *budget = exponential(stream);
        let able = about.capable.iter().filter(|(site, people)| self.present[*site] >= *people);
        let met = able.count() >= about.sites_needed;
        self.record.add(M::Barrages, 0, 1.0);
        self.record.add(M::BarragesUnmet, 0, f64::from(u8::from(!met)));
        self.note(|event| event, if met { Kind::BarrageMet } else { Kind::BarrageUnmet });
        self.await_barrage();
    }
}
