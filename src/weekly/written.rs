//! Histograms as they are written to a file: the same numbers for the same trials, in whatever
//! order these came, and no more numbers than there were changes.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{Fan, MOST_ROWS, SPAN, width};

#[derive(Serialize, Deserialize)]
struct Written {
    weeks: usize,
    shift: u32,
    most_spans: usize,
    sums: Vec<i128>,
    /// How many spans have been set aside.
    spans: usize,
    /// For each span that has been set aside, by value and week: the value, which span of weeks it
    /// is, how many of its weeks have changes, and each such week with its change.
    changes: Vec<i32>,
}

impl Serialize for Fan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut changes = Vec::new();
        for (value, row) in self.rows() {
            for (k, at) in row.iter().enumerate() {
                let Some(span) = self.spans.get(*at as usize) else {
                    continue;
                };
                let changed = span.iter().enumerate().filter(|(_, change)| **change != 0);
                changes.extend([value as i32, k as i32, changed.clone().count() as i32]);
                changes.extend(changed.flat_map(|(week, change)| [week as i32, *change]));
            }
        }
        let Fan { weeks, shift, most_spans, .. } = *self;
        let (sums, spans) = (self.sums.clone(), self.spans.len());
        Written { weeks, shift, most_spans, sums, spans, changes }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Fan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer)?.read().ok_or_else(|| D::Error::custom("no histogram"))
    }
}

impl Written {
    /// The histogram, if that is what it is.
    fn read(self) -> Option<Fan> {
        let Written { weeks, shift, most_spans, sums, spans, changes } = self;
        if Some(sums.len()) != weeks.checked_add(1) || shift >= u64::BITS {
            return None;
        }
        let mut fan = Fan::within(weeks, most_spans);
        (fan.shift, fan.sums) = (shift, sums);
        // Three numbers say that there is a span.
        fan.spans.reserve_exact(spans.min(changes.len() / 3));
        let mut numbers = changes.into_iter();
        while let Some(value) = numbers.next() {
            let value = below(value, MOST_ROWS)?;
            let k = below(numbers.next()?, width(weeks))?;
            let span = fan.span(value, k);
            for _ in 0..below(numbers.next()?, SPAN + 1)? {
                let week = below(numbers.next()?, SPAN)?;
                span[week] = numbers.next()?;
            }
        }
        (fan.set_aside <= most_spans && fan.spans.len() == spans).then_some(fan)
    }
}

/// A number from 0 to just below `end`, if it is one.
fn below(number: i32, end: usize) -> Option<usize> {
    usize::try_from(number).ok().filter(|number| *number < end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variates::testing::stream;

    #[test]
    fn what_is_written_is_read_again_and_nothing_else_is() {
        let mut stream = stream("written");
        let mut below = |most: u64| stream.bits() % most;
        for _ in 0..50 {
            let weeks = 1 + below(200) as usize;
            let mut fan = Fan::within(weeks, 20 + below(500) as usize);
            for _ in 0..below(300) {
                let from = below(weeks as u64);
                let to = from + 1 + below(weeks as u64 - from);
                fan.add(below(20_000), from as usize, to as usize);
            }
            let bytes = postcard::to_stdvec(&fan).unwrap();
            let read: Fan = postcard::from_bytes(&bytes).unwrap();
            assert_eq!((read.sums(), read.set_aside), (fan.sums(), fan.set_aside));
            (0..20_000).step_by(97).for_each(|v| assert_eq!(read.counts(v), fan.counts(v)));
            assert_eq!(postcard::to_stdvec(&read).unwrap(), bytes);
            // Whatever else there is, nothing breaks.
            for _ in 0..50 {
                let mut bytes = bytes.clone();
                let at = below(bytes.len() as u64) as usize;
                bytes[at] = below(256) as u8;
                if let Ok(read) = postcard::from_bytes::<Fan>(&bytes) {
                    assert!(read.set_aside <= read.most_spans && read.sums.len() == read.weeks + 1);
                }
            }
        }
    }
}
