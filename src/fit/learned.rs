//! What a chain learns of the posterior on its way.

use serde::{Deserialize, Serialize};

use crate::streams::Stream;
use crate::variates::normal;

/// The normal law that a chain takes for the posterior, and how large its steps are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Learned {
    mean: Vec<f64>,
    /// Lower triangle of the root of the variance, by rows.
    root: Vec<f64>,
    pub all: f64,
    pub each: Vec<f64>,
    count: f64,
    sum: Vec<f64>,
    squares: Vec<f64>,
    steps: f64,
    steps_each: Vec<f64>,
}

impl Learned {
    /// The prior.
    pub fn new(width: usize) -> Self {
        let mut root = vec![0.0; width * width];
        (0..width).for_each(|k| root[k * width + k] = 1.0);
        Learned {
            mean: vec![0.0; width],
            root,
            all: 1.0 / (width as f64).sqrt(),
            each: vec![1.0; width],
            count: 0.0,
            sum: vec![0.0; width],
            squares: vec![0.0; width * width],
            steps: 0.0,
            steps_each: vec![0.0; width],
        }
    }

    /// Whether it is of so many scores.
    pub fn fits(&self, width: usize) -> bool {
        let each = [&self.mean, &self.each, &self.sum, &self.steps_each];
        let squares = [&self.root, &self.squares];
        each.iter().all(|of| of.len() == width)
            && squares.iter().all(|of| of.len() == width * width)
    }

    pub fn see(&mut self, scores: &[f64]) {
        let width = scores.len();
        self.count += 1.0;
        for (k, score) in scores.iter().enumerate() {
            self.sum[k] += score;
            for (j, other) in scores[..=k].iter().enumerate() {
                self.squares[k * width + j] += score * other;
            }
        }
    }

    /// Takes the scores seen for the posterior's, if there are enough of them; then perhaps forgets
    /// them.
    pub fn conclude(&mut self, due: bool, forget: bool) {
        let width = self.mean.len();
        if due && self.count >= 20.0 * width as f64 {
            let mean: Vec<f64> = self.sum.iter().map(|sum| sum / self.count).collect();
            let mut variance = vec![0.0; width * width];
            for k in 0..width {
                for j in 0..=k {
                    let square = self.squares[k * width + j] / self.count;
                    // A little wider than seen: what the law misses is hard to reach by it.
                    variance[k * width + j] = 1.1 * (square - mean[k] * mean[j]);
                }
                variance[k * width + k] += 1e-4;
            }
            if let Some(root) = root(&variance, width) {
                (self.mean, self.root) = (mean, root);
            }
        }
        if forget {
            self.count = 0.0;
            self.sum.fill(0.0);
            self.squares.fill(0.0);
        }
    }

    /// Towards a quarter of steps taken (Roberts, Gelman & Gilks 1997), ever less.
    pub fn adapt_all(&mut self, chance: f64) {
        self.steps += 1.0;
        self.all *= libm::exp((chance - 0.25) / self.steps.sqrt());
    }

    pub fn adapt_one(&mut self, one: usize, chance: f64) {
        self.steps_each[one] += 1.0;
        let change = (chance - 0.44) / self.steps_each[one].sqrt();
        self.each[one] = (self.each[one] * libm::exp(change)).min(10.0);
    }

    /// A step of the shape of the law.
    pub fn about(&self, scores: &[f64], stream: &mut Stream) -> Vec<f64> {
        let kick = self.kick(stream);
        scores.iter().zip(kick).map(|(z, kick)| z + 2.38 * self.all * kick).collect()
    }

    /// A step that keeps the law as it is, and what makes up for its not being the posterior.
    pub fn towards(&self, scores: &[f64], part: f64, stream: &mut Stream) -> (Vec<f64>, f64) {
        let kick = self.kick(stream);
        let stay = (1.0 - part * part).sqrt();
        let each = scores.iter().zip(&self.mean).zip(kick);
        let new: Vec<f64> =
            each.map(|((z, mean), kick)| mean + stay * (z - mean) + part * kick).collect();
        let correction = 0.5 * (self.distance(&new) - self.distance(scores));
        (new, correction)
    }

    /// A number of the law, less its mean.
    fn kick(&self, stream: &mut Stream) -> Vec<f64> {
        let width = self.mean.len();
        let normals: Vec<f64> = (0..width).map(|_| normal(stream)).collect();
        let rows = self.root.chunks_exact(width);
        rows.map(|row| row.iter().zip(&normals).map(|(a, b)| a * b).sum()).collect()
    }

    /// The squared distance from the mean in standard deviations of the law.
    fn distance(&self, scores: &[f64]) -> f64 {
        let width = self.mean.len();
        let mut solved = Vec::with_capacity(width);
        for k in 0..width {
            let row = &self.root[k * width..][..width];
            let known: f64 = row.iter().zip(&solved).map(|(a, b)| a * b).sum();
            solved.push((scores[k] - self.mean[k] - known) / row[k]);
        }
        solved.iter().map(|x| x * x).sum()
    }
}

/// The lower triangle whose square is a matrix, of which the lower triangle is given.
fn root(matrix: &[f64], width: usize) -> Option<Vec<f64>> {
    let mut root = vec![0.0; width * width];
    for k in 0..width {
        for j in 0..=k {
            let known: f64 = (0..j).map(|i| root[k * width + i] * root[j * width + i]).sum();
            let left = matrix[k * width + j] - known;
            root[k * width + j] = match (k == j, left > 0.0) {
                (true, true) => left.sqrt(),
                (true, false) => return None,
                (false, _) => left / root[j * width + j],
            };
        }
    }
    Some(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_a_matrix_gives_it_back() {
        let matrix = [4.0, 0.0, 0.0, 2.0, 5.0, 0.0, -1.0, 0.5, 3.0];
        let found = root(&matrix, 3).unwrap();
        for k in 0..3 {
            for j in 0..=k {
                let square: f64 = (0..3).map(|i| found[k * 3 + i] * found[j * 3 + i]).sum();
                assert!((square - matrix[k * 3 + j]).abs() < 1e-14);
            }
        }
        assert_eq!(root(&[1.0, 0.0, 2.0, 1.0], 2), None);
    }
}
