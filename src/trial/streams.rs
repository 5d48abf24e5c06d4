//! The random streams of one trial, made when first used. What is drawn for one attack only comes
//! from the seed of that attack.

use crate::model::Model;
use crate::streams::{Purpose, Stream, Who};

#[derive(Clone, Debug, Default)]
pub(super) struct Streams {
    /// The seed and the number of the trial, and those of the one that it is a copy of.
    seed: u64,
    trial: u64,
    origin: (u64, u64),
    states: usize,
    /// By channel and state.
    arrivals: Vec<Option<Stream>>,
    /// By threat.
    strikes: Vec<Option<Stream>>,
    tension: Option<Stream>,
    incidents: Option<Stream>,
}

impl Streams {
    pub fn reset(&mut self, model: &Model, seed: u64, trial: u64) {
        self.origin = (seed, trial);
        self.go_on_as(model, seed, trial);
    }

    /// From now on they are those of another trial.
    pub fn go_on_as(&mut self, model: &Model, seed: u64, trial: u64) {
        (self.seed, self.trial, self.states) = (seed, trial, model.states());
        refill(&mut self.arrivals, model.channels.len() * self.states);
        refill(&mut self.strikes, model.threats.len());
        self.tension = None;
        self.incidents = None;
    }

    /// The seed and the number under which the trial began.
    pub fn origin(&self) -> (u64, u64) {
        self.origin
    }

    /// The random stream of `who` that a trial has from its beginning to its end.
    pub fn of_the_trial(&self, who: Who, purpose: Purpose) -> Stream {
        let (seed, trial) = self.origin;
        Stream::new(seed, trial, who, purpose)
    }

    /// The random stream of `who` for something that happens at most once in a trial.
    pub fn once(&self, who: Who, purpose: Purpose) -> Stream {
        Stream::new(self.seed, self.trial, who, purpose)
    }

    #[inline]
    pub fn arrivals(&mut self, model: &Model, channel: usize, state: usize) -> &mut Stream {
        self.arrivals[channel * self.states + state].get_or_insert_with(|| {
            let who = model.channels[channel].arrivals[state];
            Stream::new(self.seed, self.trial, who, Purpose::Arrivals)
        })
    }

    /// For a threat that strikes answer.
    pub fn strikes(&mut self, model: &Model, threat: usize) -> &mut Stream {
        self.strikes[threat].get_or_insert_with(|| {
            let about = model.threats[threat].retaliation.as_ref();
            let who = about.expect("only a threat that strikes answer has such a stream").who;
            Stream::new(self.seed, self.trial, who, Purpose::Strikes)
        })
    }

    /// For a model with an insurgency.
    pub fn incidents(&mut self, model: &Model) -> &mut Stream {
        self.incidents.get_or_insert_with(|| {
            let about = model.region.insurgency.as_ref();
            let who = about.expect("only an insurgency has such a stream").who;
            Stream::new(self.seed, self.trial, who, Purpose::Incidents)
        })
    }

    pub fn tension(&mut self, model: &Model) -> &mut Stream {
        self.tension.get_or_insert_with(|| {
            Stream::new(self.seed, self.trial, model.tension.who, Purpose::Tension)
        })
    }
}

fn refill(streams: &mut Vec<Option<Stream>>, count: usize) {
    streams.clear();
    streams.resize_with(count, || None);
}
