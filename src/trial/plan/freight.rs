//! What the lifts of a phase take: its people, or its materiel of one mode.

/// Groups of people, or loads of materiel in tonnes, that share the room of each lift.
#[derive(Clone, Debug, Default)]
pub(in crate::trial) struct Freight {
    /// By group: what is to go in the stretch, what has gone in it, and what of that with the last lift.
    pub whole: Vec<u32>,
    pub gone: Vec<u32>,
    pub leaving: Vec<u32>,
    /// What is divided while a lift is loaded: kept, so that nothing is allocated anew.
    sizes: Vec<u32>,
    /// With which lift of the stretch the last of it goes: mostly with the last.
    lifts: u32,
    /// What that lift has room for: its interval may be a shorter one.
    last_room: u64,
}

/// Which lift of how many goes.
#[derive(Clone, Copy, Debug)]
struct Nth {
    lift: u32,
    of: u32,
}

impl Nth {
    fn is_last(self) -> bool {
        self.lift == self.of
    }
}

impl Freight {
    pub fn new(groups: usize) -> Self {
        let none = vec![0; groups];
        Freight {
            whole: none.clone(),
            gone: none.clone(),
            leaving: none.clone(),
            sizes: none,
            lifts: 1,
            last_room: 0,
        }
    }

    /// Nothing is to go.
    pub fn clear(&mut self) {
        self.whole.fill(0);
        self.gone.fill(0);
    }

    /// What has gone is behind; what is left makes a new stretch.
    pub fn begin_stretch(&mut self) {
        for (whole, gone) in self.whole.iter_mut().zip(&mut self.gone) {
            *whole -= *gone;
            *gone = 0;
        }
    }

    #[inline]
    pub fn left_of(&self, k: usize) -> u32 {
        self.whole[k] - self.gone[k]
    }

    #[inline]
    pub fn is_anything_left(&self) -> bool {
        self.whole.iter().zip(&self.gone).any(|(whole, gone)| whole != gone)
    }

    #[inline]
    pub fn left(&self) -> u64 {
        let each = self.whole.iter().zip(&self.gone);
        each.map(|(whole, gone)| u64::from(whole - gone)).sum()
    }

    /// So much less of a group goes, as far as it has not gone yet.
    pub fn spare(&mut self, k: usize, count: u32) {
        self.whole[k] = self.whole[k].saturating_sub(count).max(self.gone[k]);
    }

    /// A stretch begins of which the last of so many lifts has so much room; none: there is no limit.
    pub fn schedule(&mut self, lifts: u32, last_room: Option<u32>) {
        self.lifts = lifts;
        self.last_room = last_room.map_or(u64::MAX, u64::from);
    }

    /// All of it goes with the first so many lifts, if these have the room.
    pub fn be_done_by(&mut self, lift: u32, room: Option<u32>) {
        let room = room.map_or(u64::MAX, u64::from);
        if (1..self.lifts).contains(&lift) && self.left() <= u64::from(lift).saturating_mul(room) {
            (self.lifts, self.last_room) = (lift, room);
        }
    }

    /// A lift goes: finds how much of each group leaves with it. That is an even share; but as much in
    /// all as the later lifts have no room for, and no more than it has room for itself.
    pub fn load(&mut self, lift: u32, room: Option<u32>, waves: &[Vec<usize>]) {
        let nth = Nth { lift: lift.min(self.lifts), of: self.lifts };
        let room = room.map_or(u64::MAX, u64::from);
        if waves.is_empty() {
            self.load_side_by_side(nth, room);
        } else {
            self.load_by_waves(nth, room, waves);
        }
        self.leave();
    }

    fn leave(&mut self) {
        for (gone, leaving) in self.gone.iter_mut().zip(&self.leaving) {
            *gone += leaving;
        }
    }

    /// A lift goes with which the groups of each wave keep pace with what another has taken of its own;
    /// those of a wave of which that has nothing go in even shares.
    pub fn keep_pace(&mut self, lift: u32, waves: &[Vec<usize>], other: (&Freight, &[Vec<usize>])) {
        let (people, theirs) = other;
        for (wave, groups) in waves.iter().enumerate() {
            let sum = |of: &[u32]| theirs[wave].iter().map(|&k| u64::from(of[k])).sum::<u64>();
            let (mut gone, mut whole) = (sum(&people.gone), sum(&people.whole));
            if whole == 0 || lift >= self.lifts {
                (gone, whole) = (u64::from(lift.min(self.lifts)), u64::from(self.lifts));
            }
            for &k in groups {
                let by_then = (2 * u64::from(self.whole[k]) * gone + whole) / (2 * whole);
                self.leaving[k] = (by_then as u32).max(self.gone[k]) - self.gone[k];
            }
        }
        self.leave();
    }

    /// An even share of each group.
    fn load_side_by_side(&mut self, nth: Nth, room: u64) {
        let mut shares = 0;
        for (k, leaving) in self.leaving.iter_mut().enumerate() {
            let (whole, gone) = (self.whole[k], self.gone[k]);
            *leaving = moved_by(whole, nth.lift, nth.of).max(gone) - gone;
            shares += u64::from(*leaving);
        }
        if !nth.is_last() {
            self.change_load(self.load_for(shares, nth, room), shares);
        }
    }

    /// An even share of all, of one wave after the other.
    fn load_by_waves(&mut self, nth: Nth, room: u64, waves: &[Vec<usize>]) {
        let sum = |of: &[u32]| of.iter().map(|count| u64::from(*count)).sum();
        let (whole, gone): (u64, u64) = (sum(&self.whole), sum(&self.gone));
        let share = even_share(whole, nth.lift, nth.of).max(gone) - gone;
        let mut load = match nth.is_last() {
            true => self.left(),
            false => self.load_for(share, nth, room),
        };
        let mut left = std::mem::take(&mut self.sizes);
        for wave in waves {
            left.clear();
            left.extend(wave.iter().map(|&k| self.left_of(k)));
            let of_wave = load.min(left.iter().map(|&count| u64::from(count)).sum());
            divide(of_wave, &left, |k, part| self.leaving[wave[k]] = part);
            load -= of_wave;
        }
        self.sizes = left;
    }

    /// How much leaves with a lift that is not the last, if even shares are so much.
    fn load_for(&self, shares: u64, nth: Nth, room: u64) -> u64 {
        let later = u64::from(nth.of - 1 - nth.lift).saturating_mul(room);
        let later = later.saturating_add(self.last_room);
        shares.max(self.left().saturating_sub(later)).min(room)
    }

    /// So much leaves, and not the even shares: of each group by as much less of its share, or by as
    /// much more of what would be left, in proportion.
    fn change_load(&mut self, load: u64, shares: u64) {
        let Freight { whole, gone, leaving, sizes, .. } = self;
        sizes.clear();
        if load < shares {
            sizes.extend_from_slice(leaving);
            divide(load, sizes, |k, part| leaving[k] = part);
        } else if load > shares {
            let each = whole.iter().zip(gone).zip(leaving.iter());
            sizes.extend(each.map(|((whole, gone), share)| *whole - *gone - share));
            divide(load - shares, sizes, |k, part| leaving[k] += part);
        }
    }
}

/// Divides a number among groups of such sizes in proportion, of none more than there are. Sums over
/// the first so many groups are rounded, half up.
fn divide(count: u64, sizes: &[u32], mut put: impl FnMut(usize, u32)) {
    let all: u128 = sizes.iter().map(|size| u128::from(*size)).sum::<u128>().max(1);
    let (mut size_so_far, mut so_far) = (0, 0);
    for (k, size) in sizes.iter().enumerate() {
        size_so_far += u128::from(*size);
        let by_then = (2 * u128::from(count) * size_so_far + all) / (2 * all);
        put(k, (by_then - so_far) as u32);
        so_far = by_then;
    }
}

/// What of a group of `whole` has gone by lift `lift` of `lifts`: an even share, rounded half up.
pub(in crate::trial) fn moved_by(whole: u32, lift: u32, lifts: u32) -> u32 {
    even_share(u64::from(whole), lift, lifts) as u32
}

fn even_share(whole: u64, lift: u32, lifts: u32) -> u64 {
    let (lift, lifts) = (u64::from(lift), u64::from(lifts));
    (2 * whole * lift + lifts) / (2 * lifts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_shares_take_everybody_once() {
        for (people, lifts) in [(1200, 50), (7, 50), (0, 3), (1, 1), (999, 7)] {
            let by: Vec<u32> = (0..=lifts).map(|lift| moved_by(people, lift, lifts)).collect();
            assert_eq!((by[0], by[lifts as usize]), (0, people));
            let most = by.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
            assert!(most <= people.div_ceil(lifts));
        }
        assert_eq!(moved_by(1, 1, 2), 1, "half a person is rounded up");
    }

    #[test]
    fn people_are_divided_in_proportion() {
        use crate::streams::{Purpose, Stream, Who};
        let mut stream = Stream::new(1, 0, Who::new(&["divide"]), Purpose::Duration);
        for _ in 0..10_000 {
            let sizes: Vec<u32> = (0..5).map(|_| (stream.uniform() * 40.0) as u32).collect();
            let all: u32 = sizes.iter().sum();
            let people = (stream.uniform() * f64::from(all + 1)) as u32;
            let mut parts = [0; 5];
            divide(u64::from(people), &sizes, |k, part| parts[k] = part);
            assert_eq!(parts.iter().sum::<u32>(), people);
            for (part, size) in parts.iter().zip(&sizes) {
                let exact = f64::from(*size) * f64::from(people) / f64::from(all.max(1));
                assert!(part <= size && (f64::from(*part) - exact).abs() <= 1.0);
            }
        }
    }
}
