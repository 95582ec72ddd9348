//! Numbers with a bound on their error, to any precision.
//!
//! A [`Ball`] is the interval `[mid - rad, mid + rad] * 2^exp` with whole `mid` and `rad`; every
//! operation returns a ball that holds every value of the operation on numbers of its operands
//! (Tucker, Validated Numerics, Princeton 2011, chapters 2 and 3).

use num_bigint::{BigInt, BigUint, Sign};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::elementary;

/// An interval with a midpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ball {
    mid: BigInt,
    rad: BigUint,
    exp: i64,
}

/// Largest binary exponent of a ball; beyond, evaluation stops.
pub const EXPONENT_MAX: i64 = 1 << 20;

/// Why an operation has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undefined {
    /// The operands may lie outside the function's domain.
    Domain,
    /// The value or its computation is too large.
    Budget,
}

type Result<T> = std::result::Result<T, Undefined>;

impl Ball {
    /// A whole number.
    pub fn int(n: i64) -> Ball {
        Ball { mid: BigInt::from(n), rad: BigUint::zero(), exp: 0 }
    }

    /// A rational rounded to `bits`.
    pub fn rational(r: &BigRational, bits: u64) -> Result<Ball> {
        let whole = |n: &BigInt| Ball { mid: n.clone(), rad: BigUint::zero(), exp: 0 };
        if r.is_integer() {
            return whole(r.numer()).rounded(bits);
        }
        whole(r.numer()).divide(&whole(r.denom()), bits)
    }

    /// The fixed-point number `n / 2^point`, with an error of at most `ulps / 2^point`.
    pub(super) fn fixed(n: BigInt, point: u64, ulps: u64) -> Ball {
        Ball { mid: n, rad: BigUint::from(ulps), exp: -(point as i64) }
    }

    /// Shortens the midpoint to `bits`, widening the radius by what is cut.
    fn rounded(mut self, bits: u64) -> Result<Ball> {
        let long = self.mid.bits().max(self.rad.bits());
        if long > bits {
            let cut = long - bits;
            self.mid >>= cut;
            // The floor moves the midpoint by less than one; the radius is rounded up.
            self.rad = (self.rad >> cut) + BigUint::from(2u32);
            self.exp += cut as i64;
        }
        if self.top() > EXPONENT_MAX {
            return Err(Undefined::Budget);
        }
        Ok(self)
    }

    /// An exponent `k` with `|x| < 2^k` for every `x` inside.
    pub fn top(&self) -> i64 {
        self.mid.bits().max(self.rad.bits()) as i64 + 1 + self.exp
    }

    /// `-x`
    pub fn negated(&self) -> Ball {
        Ball { mid: -&self.mid, ..self.clone() }
    }

    /// `x + y`
    pub fn plus(&self, other: &Ball, bits: u64) -> Result<Ball> {
        let (high, low) = if self.exp >= other.exp { (self, other) } else { (other, self) };
        let shift = (high.exp - low.exp) as u64;
        if high.mid.is_zero() && high.rad.is_zero() {
            return low.clone().rounded(bits);
        }
        if shift > 4 * bits + 64 {
            // The low operand is far below the last bit of the high one.
            let fine = high.exp - 2 * bits as i64 - 32;
            if low.top() <= fine {
                let up = (high.exp - fine) as u64;
                let rad = (&high.rad << up) + BigUint::one();
                return Ball { mid: &high.mid << up, rad, exp: fine }.rounded(bits);
            }
        }
        if shift > 1 << 22 {
            return Err(Undefined::Budget);
        }
        let mid = (&high.mid << shift) + &low.mid;
        let rad = (&high.rad << shift) + &low.rad;
        Ball { mid, rad, exp: low.exp }.rounded(bits)
    }

    /// `x - y`
    pub fn minus(&self, other: &Ball, bits: u64) -> Result<Ball> {
        self.plus(&other.negated(), bits)
    }

    /// `x y`
    pub fn times(&self, other: &Ball, bits: u64) -> Result<Ball> {
        let (a, b) = (self.mid.magnitude(), other.mid.magnitude());
        let rad = a * &other.rad + b * &self.rad + &self.rad * &other.rad;
        Ball { mid: &self.mid * &other.mid, rad, exp: self.exp + other.exp }.rounded(bits)
    }

    /// `x / y`; `y` must not hold zero.
    pub fn divide(&self, other: &Ball, bits: u64) -> Result<Ball> {
        let least = other.mid.magnitude().checked_sub_or_zero(&other.rad);
        if least.is_zero() {
            return Err(Undefined::Domain);
        }
        if self.mid.is_zero() && self.rad.is_zero() {
            return Ok(Ball::int(0));
        }
        let shift = (bits + 8 + other.mid.bits()).saturating_sub(self.mid.bits()) + other.mid.bits().saturating_sub(least.bits());
        let mid = (&self.mid << shift) / &other.mid;
        // |x/y - m/n| <= (r + |m/n| s) / (|n| - s); one more for the division's remainder.
        let quotient = mid.magnitude() + BigUint::one();
        let rad = ((&self.rad << shift) + quotient * &other.rad) / &least + BigUint::from(2u32);
        Ball { mid, rad, exp: self.exp - other.exp - shift as i64 }.rounded(bits)
    }

    /// The sign, if every number inside has it; zero only for exactly zero.
    pub fn sign(&self) -> Option<i32> {
        if self.mid.magnitude() > &self.rad {
            return Some(if self.mid.is_positive() { 1 } else { -1 });
        }
        (self.mid.is_zero() && self.rad.is_zero()).then_some(0)
    }

    /// The whole number that the ball is, if it is exactly one.
    pub fn whole(&self) -> Option<BigInt> {
        if !self.rad.is_zero() {
            return None;
        }
        if self.exp >= 0 {
            return (self.exp < 4096).then(|| &self.mid << self.exp.unsigned_abs());
        }
        let cut = self.exp.unsigned_abs();
        let floor = &self.mid >> cut;
        (&floor << cut == self.mid).then_some(floor)
    }

    /// The largest whole number not above the ball, if all inside agree.
    pub fn floor(&self) -> Result<BigInt> {
        let rad = BigInt::from_biguint(Sign::Plus, self.rad.clone());
        if self.exp > 4096 {
            return Err(Undefined::Budget);
        }
        let down = |n: BigInt| if self.exp >= 0 { n << self.exp.unsigned_abs() } else { n >> self.exp.unsigned_abs() };
        let (low, high) = (down(&self.mid - &rad), down(&self.mid + &rad));
        if low == high { Ok(low) } else { Err(Undefined::Domain) }
    }

    /// The number nearest to the midpoint.
    pub fn to_f64(&self) -> f64 {
        let bits = self.mid.bits();
        let cut = bits.saturating_sub(64);
        let short = (&self.mid >> cut).to_f64().unwrap_or(0.0);
        let e = self.exp + cut as i64;
        short * 2f64.powi((e / 2).clamp(-2000, 2000) as i32) * 2f64.powi((e - e / 2).clamp(-2000, 2000) as i32)
    }

    /// Base-2 logarithm of the relative error, about: `-100` where a hundred bits are right.
    pub fn log2_relative_error(&self) -> i64 {
        if self.rad.is_zero() {
            return -EXPONENT_MAX;
        }
        self.rad.bits() as i64 - self.mid.bits() as i64
    }

    /// Base-2 logarithm of a bound on the error.
    pub fn log2_error(&self) -> i64 {
        if self.rad.is_zero() { -EXPONENT_MAX } else { self.rad.bits() as i64 + self.exp }
    }

    /// Whether no number lies in both.
    pub fn differs(&self, other: &Ball) -> bool {
        let bits = 64 + self.mid.bits().max(other.mid.bits());
        self.minus(other, bits).ok().and_then(|d| d.sign()).is_some_and(|s| s != 0)
    }

    /// The square root of a ball at or above zero.
    pub fn sqrt(&self, bits: u64) -> Result<Ball> {
        match self.sign() {
            Some(0) => return Ok(Ball::int(0)),
            Some(1) => {}
            _ => return Err(Undefined::Domain),
        }
        let mut shift = (2 * bits + 16).saturating_sub(self.mid.bits());
        if (self.exp - shift as i64) % 2 != 0 {
            shift += 1;
        }
        let scaled: BigUint = self.mid.magnitude() << shift;
        let root = scaled.sqrt();
        // |sqrt(m ± r) - sqrt(m)| <= r / sqrt(m - r) <= r / sqrt(m) * 2 where r <= 3m/4.
        let rad = &self.rad << shift;
        let least = self.mid.magnitude() - &self.rad;
        let under = (&least << shift).sqrt().max(BigUint::one());
        let rad = rad / under + BigUint::from(2u32);
        let half = (self.exp - shift as i64) / 2;
        Ball { mid: BigInt::from_biguint(Sign::Plus, root), rad, exp: half }.rounded(bits)
    }

    /// `x^n`
    pub fn power(&self, n: &BigInt, bits: u64) -> Result<Ball> {
        let size = n.magnitude().to_u64().filter(|n| *n <= 1 << 40).ok_or(Undefined::Budget)?;
        let mut result = Ball::int(1);
        let mut square = self.clone();
        let mut left = size;
        while left > 0 {
            if left & 1 == 1 {
                result = result.times(&square, bits + 64)?;
            }
            left >>= 1;
            if left > 0 {
                square = square.times(&square, bits + 64)?;
            }
        }
        if n.is_negative() { Ball::int(1).divide(&result, bits) } else { result.rounded(bits) }
    }

    /// The fixed-point value of the midpoint to `point` binary places, and a bound on the radius
    /// with the rounding, as a ball around zero.
    fn split(&self, point: u64) -> Result<(BigInt, Ball)> {
        if self.top() > 4096 {
            return Err(Undefined::Budget);
        }
        let up = self.exp + point as i64;
        let n = if up >= 0 { &self.mid << up.unsigned_abs() } else { &self.mid >> up.unsigned_abs() };
        let rad = Ball { mid: BigInt::zero(), rad: self.rad.clone(), exp: self.exp };
        let rounding = if up >= 0 { 0 } else { 1 };
        let rad = rad.plus(&Ball::fixed(BigInt::zero(), point, rounding), 64)?;
        Ok((n, rad))
    }

    /// The radius as a ball that is one number, rounded up.
    fn radius(&self) -> Ball {
        Ball { mid: BigInt::from_biguint(Sign::Plus, self.mid.magnitude() + &self.rad), rad: BigUint::zero(), exp: self.exp }
    }

    /// Widens by every number up to `by`.
    fn widened(&self, by: &Ball, bits: u64) -> Result<Ball> {
        let around_zero = Ball { mid: BigInt::zero(), rad: by.mid.magnitude() + &by.rad, exp: by.exp };
        self.plus(&around_zero, bits)
    }

    /// `e^x`
    pub fn exp(&self, bits: u64) -> Result<Ball> {
        let top = self.top().max(0) as u64;
        if top > 40 {
            return Err(Undefined::Budget);
        }
        let (n, rad) = self.split(bits + top + 32)?;
        let rad = rad.radius();
        if rad.top() > 0 {
            return Err(Undefined::Budget);
        }
        let (mantissa, exponent) = elementary::exp(&n, bits + top + 32, bits + 16);
        let e = i64::try_from(exponent).map_err(|_| Undefined::Budget)?;
        if e.abs() > EXPONENT_MAX {
            return Err(Undefined::Budget);
        }
        let value = Ball { exp: mantissa.exp + e, ..mantissa };
        // e^{m ± r} lies within e^m (e^r - 1) <= 2 r e^m for r <= 1.
        let spread = value.radius().times(&rad, 64)?.times(&Ball::int(2), 64)?;
        value.widened(&spread, bits)
    }

    /// `ln x` of a ball above zero.
    pub fn ln(&self, bits: u64) -> Result<Ball> {
        if self.sign() != Some(1) {
            return Err(Undefined::Domain);
        }
        let length = self.mid.bits();
        let value = elementary::ln(self.mid.magnitude(), length as i64 + self.exp, bits + 16);
        // |ln(m ± r) - ln m| <= r / (m - r)
        let low = Ball { mid: BigInt::from_biguint(Sign::Plus, self.mid.magnitude() - &self.rad), rad: BigUint::zero(), exp: 0 };
        let rad = Ball { mid: BigInt::from_biguint(Sign::Plus, self.rad.clone()), rad: BigUint::zero(), exp: 0 };
        let spread = rad.divide(&low, 64)?;
        value.widened(&spread.radius(), bits)
    }

    /// Sine and cosine.
    pub fn sin_cos(&self, bits: u64) -> Result<(Ball, Ball)> {
        let top = self.top().max(0) as u64;
        if top > 512 {
            return Err(Undefined::Budget);
        }
        let point = bits + top + 32;
        let (n, rad) = self.split(point)?;
        let rad = rad.radius();
        let (sine, cosine) = elementary::sin_cos(&n, point, bits + 16);
        Ok((sine.widened(&rad, bits)?, cosine.widened(&rad, bits)?))
    }

    /// Inverse tangent.
    pub fn atan(&self, bits: u64) -> Result<Ball> {
        let point = bits + 32;
        if self.top() > 2 {
            // atan x = ± π/2 - atan 1/x
            let Some(sign) = self.sign() else { return Err(Undefined::Domain) };
            let inner = Ball::int(1).divide(self, bits + 16)?.atan(bits + 8)?;
            let quarter =
                elementary::pi(bits + 16).times(&Ball::rational(&BigRational::new(sign.into(), 2.into()), bits)?, bits + 16)?;
            return quarter.minus(&inner, bits);
        }
        let (n, rad) = self.split(point)?;
        elementary::atan(&n, point, bits + 16).widened(&rad.radius(), bits)
    }

    /// `erf x = 2/√π e^{-x²} Σ_k 2^k x^{2k+1} / (1·3·…·(2k+1))`, whose terms have one sign.
    pub fn erf(&self, bits: u64) -> Result<Ball> {
        let center = Ball { rad: BigUint::zero(), ..self.clone() };
        let spread = Ball { mid: BigInt::from_biguint(Sign::Plus, self.rad.clone()), rad: BigUint::zero(), exp: self.exp };
        // |erf'| <= 2/√π < 2
        let spread = spread.times(&Ball::int(2), 64)?;
        if center.mid.is_zero() {
            return Ball::int(0).widened(&spread, bits);
        }
        if center.top() > ERF_TOP {
            return Err(Undefined::Budget);
        }
        let fine = bits + 64;
        let square = center.times(&center, fine)?;
        let twice = square.times(&Ball::int(2), fine)?;
        let (mut term, mut sum) = (center.clone(), center);
        let mut k = 0i64;
        loop {
            k += 1;
            term = term.times(&twice, fine)?.divide(&Ball::int(2 * k + 1), fine)?;
            sum = sum.plus(&term, fine)?;
            // From here on each term is below half of the one before: the rest is below this one.
            let falling = twice.to_f64() * 2.0 < (2 * k + 3) as f64;
            if falling && term.top() < sum.top() - fine as i64 {
                break;
            }
        }
        let sum = sum.widened(&term.radius(), fine)?;
        let scale = Ball::int(2).divide(&elementary::pi(fine).sqrt(fine)?, fine)?;
        square.negated().exp(fine)?.times(&scale, fine)?.times(&sum, fine)?.widened(&spread, bits)
    }

    /// `|x|`
    pub fn abs(&self) -> Ball {
        match self.sign() {
            Some(-1) => self.negated(),
            Some(_) => self.clone(),
            None => {
                let most = self.mid.magnitude() + &self.rad;
                Ball { mid: BigInt::zero(), rad: most, exp: self.exp }
            }
        }
    }
}

/// Largest binary exponent of an argument of [`Ball::erf`].
const ERF_TOP: i64 = 6;

/// Subtraction that stops at zero.
trait CheckedSub {
    fn checked_sub_or_zero(&self, other: &BigUint) -> BigUint;
}

impl CheckedSub for BigUint {
    fn checked_sub_or_zero(&self, other: &BigUint) -> BigUint {
        if self > other { self - other } else { BigUint::zero() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ball(n: i64, d: i64) -> Ball {
        Ball::rational(&BigRational::new(n.into(), d.into()), 160).expect("a ratio")
    }

    #[test]
    fn functions_agree_with_double_precision() {
        for (n, d) in [(1, 3), (-7, 2), (5, 1), (100, 7), (1, 1000), (-1, 9), (2, 1), (1, 1)] {
            let (x, f) = (ball(n, d), n as f64 / d as f64);
            let near = |b: Ball, y: f64| {
                assert!((b.to_f64() - y).abs() <= 1e-13 * y.abs().max(1e-3), "{n}/{d}: {} {y}", b.to_f64());
                assert!(
                    b.rad.is_zero() || b.log2_relative_error() < -100 || y.abs() < 1e-9,
                    "{n}/{d}: wide {}",
                    b.log2_relative_error()
                );
            };
            near(x.exp(160).expect("exp"), f.exp());
            near(x.atan(160).expect("atan"), f.atan());
            let (s, c) = x.sin_cos(160).expect("circle");
            near(s, f.sin());
            near(c, f.cos());
            if f > 0.0 {
                near(x.ln(160).expect("ln"), f.ln());
                near(x.sqrt(160).expect("sqrt"), f.sqrt());
            }
        }
    }

    #[test]
    fn inverse_functions_return_to_their_argument() {
        for (n, d) in [(1, 3), (17, 2), (1, 1_000_000), (123_456, 7)] {
            let x = ball(n, d);
            let back = x.ln(200).and_then(|l| l.exp(200)).expect("round trip");
            assert!(!back.differs(&x) && back.log2_relative_error() < -130, "{n}/{d}");
            let square = x.sqrt(200).and_then(|r| r.times(&r, 200)).expect("square");
            assert!(!square.differs(&x), "{n}/{d}");
        }
    }

    #[test]
    fn close_numbers_are_told_apart_and_wide_balls_are_not() {
        let (a, b) =
            (ball(1, 3), ball(1, 3).plus(&Ball { mid: BigInt::one(), rad: BigUint::zero(), exp: -100 }, 160).expect("sum"));
        assert!(a.differs(&b));
        let wide = Ball { mid: BigInt::one(), rad: BigUint::one(), exp: 0 };
        assert!(!wide.differs(&a) && wide.sign().is_none() && a.divide(&wide, 64).is_err());
        let big = Ball::int(9).power(&BigInt::from(10).pow(9), 128);
        assert_eq!(big, Err(Undefined::Budget));
    }
}
