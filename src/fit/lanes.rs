//! Complex matrices, some at a time: what is done to one is done to all, so that the machine does
//! several numbers at once.

/// How many matrices stand beside one another.
pub(super) const LANES: usize = 8;

/// Complex numbers beside one another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lanes {
    pub re: [f64; LANES],
    pub im: [f64; LANES],
}

impl Lanes {
    pub const ZERO: Self = Lanes { re: [0.0; LANES], im: [0.0; LANES] };

    /// One real number, everywhere.
    pub fn all(value: f64) -> Self {
        Lanes { re: [value; LANES], im: [0.0; LANES] }
    }

    /// Adds a real multiple.
    #[inline]
    pub fn add_times(&mut self, other: &Self, factor: f64) {
        for k in 0..LANES {
            self.re[k] += factor * other.re[k];
            self.im[k] += factor * other.im[k];
        }
    }

    /// Adds a product.
    #[inline]
    fn add_product(&mut self, a: &Self, b: &Self) {
        for k in 0..LANES {
            self.re[k] += a.re[k] * b.re[k] - a.im[k] * b.im[k];
            self.im[k] += a.re[k] * b.im[k] + a.im[k] * b.re[k];
        }
    }
}

/// Where rows are multiplied by exponentials of matrices.
#[derive(Clone, Debug)]
pub(super) struct Exponential {
    size: usize,
    powers: [Vec<Lanes>; 3],
    sum: Vec<Lanes>,
    other: Vec<Lanes>,
    row: Vec<Lanes>,
    next: Vec<Lanes>,
}

/// 1 / k! for k = 0, 1, ..., 9.
const TERMS: [f64; 10] = {
    let mut terms = [1.0; 10];
    let mut k = 1;
    while k < 10 {
        terms[k] = terms[k - 1] / k as f64;
        k += 1;
    }
    terms
};

/// Of a matrix no larger than this the terms of the series after the ninth are below rounding.
const SMALL: f64 = 0.125;

/// The last doublings are done by multiplying the row again: 2^3 times a row is less work than
/// three squares.
const BY_ROWS: u32 = 3;

impl Exponential {
    /// For matrices of `size` rows.
    pub fn new(size: usize) -> Self {
        let square = || vec![Lanes::ZERO; size * size];
        let row = || vec![Lanes::ZERO; size];
        Exponential {
            size,
            powers: [square(), square(), square()],
            sum: square(),
            other: square(),
            row: row(),
            next: row(),
        }
    }

    /// `row` exp(`matrix` x `factor`), by scaling and squaring. The matrix is by rows.
    pub fn apply(&mut self, row: &[f64], matrix: &[Lanes], factor: f64) -> &[Lanes] {
        let doublings = self.sum_of_scaled(matrix, factor);
        let by_rows = doublings.min(BY_ROWS);
        for _ in by_rows..doublings {
            multiply(self.size, &self.sum, &self.sum, &mut self.other);
            std::mem::swap(&mut self.sum, &mut self.other);
        }
        self.row.iter_mut().zip(row).for_each(|(lanes, value)| *lanes = Lanes::all(*value));
        for _ in 0..1u32 << by_rows {
            self.next.fill(Lanes::ZERO);
            for (left, terms) in self.row.iter().zip(self.sum.chunks_exact(self.size)) {
                self.next.iter_mut().zip(terms).for_each(|(sum, term)| sum.add_product(left, term));
            }
            std::mem::swap(&mut self.row, &mut self.next);
        }
        &self.row
    }

    /// Puts the exponential of the matrix into `sum` once it is halved until it is small; by how
    /// many halvings it is.
    fn sum_of_scaled(&mut self, matrix: &[Lanes], factor: f64) -> u32 {
        let mut norm = largest_row(self.size, matrix) * factor;
        let (mut doublings, mut scale) = (0, factor);
        // One that is not finite has no exponential: what comes is not finite either.
        while norm > SMALL && norm.is_finite() {
            (norm, scale, doublings) = (0.5 * norm, 0.5 * scale, doublings + 1);
        }
        let (size, [one, two, three]) = (self.size, &mut self.powers);
        for (to, from) in one.iter_mut().zip(matrix) {
            *to = Lanes::ZERO;
            to.add_times(from, scale);
        }
        multiply(size, one, one, two);
        multiply(size, two, one, three);
        // Nine terms in four products (Paterson & Stockmeyer 1973).
        let third = |from: usize, sum: &mut [Lanes], one: &[Lanes], two: &[Lanes]| {
            for (k, to) in sum.iter_mut().enumerate() {
                to.add_times(&one[k], TERMS[from + 1]);
                to.add_times(&two[k], TERMS[from + 2]);
                if k % (size + 1) == 0 {
                    to.re.iter_mut().for_each(|x| *x += TERMS[from]);
                }
            }
        };
        self.sum.fill(Lanes::ZERO);
        self.sum.iter_mut().zip(&*three).for_each(|(to, from)| to.add_times(from, TERMS[9]));
        third(6, &mut self.sum, one, two);
        for from in [3, 0] {
            multiply(size, three, &self.sum, &mut self.other);
            std::mem::swap(&mut self.sum, &mut self.other);
            third(from, &mut self.sum, one, two);
        }
        doublings
    }
}

fn multiply(size: usize, a: &[Lanes], b: &[Lanes], product: &mut [Lanes]) {
    for (left, row) in a.chunks_exact(size).zip(product.chunks_exact_mut(size)) {
        for (column, cell) in row.iter_mut().enumerate() {
            let mut sum = Lanes::ZERO;
            for (factor, right) in left.iter().zip(b.chunks_exact(size)) {
                sum.add_product(factor, &right[column]);
            }
            *cell = sum;
        }
    }
}

/// The largest sum of the sizes of what stands in a row.
fn largest_row(size: usize, matrix: &[Lanes]) -> f64 {
    let mut largest: f64 = 0.0;
    for row in matrix.chunks_exact(size) {
        let mut sums = [0.0; LANES];
        for cell in row {
            for (k, sum) in sums.iter_mut().enumerate() {
                *sum += cell.re[k].abs() + cell.im[k].abs();
            }
        }
        largest = sums.iter().fold(largest, |most, sum| most.max(*sum));
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_and_a_decay() {
        // exp of [[-a, b], [-b, -a]] t is e^(-at) times a turn by bt; in lane k with b = k.
        let a = 0.7;
        let mut matrix = vec![Lanes::all(-a); 4];
        matrix[1] = Lanes::ZERO;
        for k in 0..LANES {
            matrix[1].re[k] = k as f64;
        }
        matrix[2] = Lanes::ZERO;
        let turn = matrix[1];
        matrix[2].add_times(&turn, -1.0);
        for days in [0.0, 0.01, 1.0, 40.0] {
            let mut exponential = Exponential::new(2);
            let row = exponential.apply(&[1.0, 0.0], &matrix, days);
            for k in 0..LANES {
                let turn = k as f64 * days;
                let expected = [turn.cos(), turn.sin()].map(|x| x * (-a * days).exp());
                for (cell, expected) in row.iter().zip(expected) {
                    assert!((cell.re[k] - expected).abs() < 1e-12, "{days} in lane {k}");
                    assert!(cell.im[k].abs() < 1e-12);
                }
            }
        }
    }

    #[test]
    fn a_complex_rate() {
        // exp((-x + iy) t), with a large t: what is gone is gone.
        let mut matrix = vec![Lanes::all(-2.0)];
        for k in 0..LANES {
            matrix[0].im[k] = 0.3 * k as f64;
        }
        for days in [0.5, 10.0, 3_000.0] {
            let mut exponential = Exponential::new(1);
            let row = exponential.apply(&[1.0], &matrix, days);
            for k in 0..LANES {
                let turn = 0.3 * k as f64 * days;
                let size = (-2.0 * days).exp();
                assert!((row[0].re[k] - size * turn.cos()).abs() <= 1e-11 * size, "{days}, {k}");
                assert!((row[0].im[k] - size * turn.sin()).abs() <= 1e-11 * size, "{days}, {k}");
            }
        }
    }
}
