//! Elementary functions in fixed point, each with a bound on its error.
//!
//! A fixed-point number `n` with `w` binary places stands for `n / 2^w`. Every function works
//! with [`GUARD`] more places than asked for. It rounds at most a few times for each of its at
//! most `w` series terms, and argument reduction multiplies these errors by at most `2^12`; all
//! of it stays below `2^GUARD / 4` units of the working precision for `w < 2^16`.

use std::cell::RefCell;
use std::collections::HashMap;

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::ball::Ball;

/// Working places beyond those asked for.
const GUARD: u64 = 48;

thread_local! {
    static CONSTANTS: RefCell<HashMap<(char, u64), BigInt>> = RefCell::new(HashMap::new());
}

fn constant(name: char, w: u64, compute: fn(u64) -> BigInt) -> BigInt {
    if let Some(n) = CONSTANTS.with_borrow(|c| c.get(&(name, w)).cloned()) {
        return n;
    }
    let n = compute(w);
    CONSTANTS.with_borrow_mut(|c| c.insert((name, w), n.clone()));
    n
}

/// A result with `GUARD` places too many, its error included.
fn finished(n: BigInt, w: u64) -> Ball {
    Ball::fixed(n, w, 1 << (GUARD - 2))
}

/// `π`
pub(super) fn pi(bits: u64) -> Ball {
    let w = bits + GUARD;
    finished(constant('π', w, pi_fixed), w)
}

/// Machin: `π = 16 atan(1/5) - 4 atan(1/239)`.
fn pi_fixed(w: u64) -> BigInt {
    let inverse = |n: i64| {
        let mut power = (BigInt::one() << w) / n;
        let mut sum = power.clone();
        let mut k = 1i64;
        while !power.is_zero() {
            power /= -(n * n);
            k += 2;
            sum += &power / k;
        }
        sum
    };
    inverse(5) * 16 - inverse(239) * 4
}

/// `ln 2 = 2 atanh(1/3)`
fn ln2_fixed(w: u64) -> BigInt {
    atanh(&((BigInt::one() << w) / 3), w) * 2
}

/// `x + x^3/3 + x^5/5 + …` for `|x| <= 1/3`.
fn atanh(x: &BigInt, w: u64) -> BigInt {
    let square = (x * x) >> w;
    let mut power = x.clone();
    let mut sum = x.clone();
    let mut k = 1i64;
    while power.magnitude() > &BigUint::one() {
        power = (&power * &square) >> w;
        k += 2;
        sum += &power / k;
    }
    sum
}

/// `e^x` as a fixed-point mantissa and a binary exponent, for `x = n / 2^point`.
pub(super) fn exp(n: &BigInt, point: u64, bits: u64) -> (Ball, BigInt) {
    let size = n.bits().saturating_sub(point);
    let w = bits + GUARD + size;
    let x = shifted(n, w as i64 - point as i64);
    let ln2 = constant('2', w, ln2_fixed);
    let k: BigInt = (&x + (&ln2 >> 1u32)).div_euclid_by(&ln2);
    let rest = x - &k * &ln2;
    // e^r = (e^{r/2^h})^{2^h}: fewer terms for h squarings.
    let halvings = 8u32;
    let r = rest >> halvings;
    let one = BigInt::one() << w;
    let mut sum = one.clone();
    let mut term = one;
    let mut i = 1u32;
    while !term.is_zero() && term != BigInt::from(-1) {
        term = ((&term * &r) >> w) / i;
        sum += &term;
        i += 1;
    }
    for _ in 0..halvings {
        sum = (&sum * &sum) >> w;
    }
    // The reduction's error grows with `k`, whose length is `size`: those places are cut.
    (finished(sum >> size, w - size), k)
}

/// `ln(m 2^(exponent - bits(m)))` for a positive `m`.
pub(super) fn ln(m: &BigUint, exponent: i64, bits: u64) -> Ball {
    let w = bits + GUARD + 64;
    // m = f 2^exponent with f in [1/2, 1); doubled where below sqrt(1/2).
    let mut f = shifted(&BigInt::from_biguint(Sign::Plus, m.clone()), w as i64 - m.bits() as i64);
    let mut e = exponent;
    // 46341 / 65536 is just above sqrt(1/2); any cut nearby serves.
    if f < (BigInt::from(46341) << w) >> 16u32 {
        f <<= 1u32;
        e -= 1;
    }
    let one = BigInt::one() << w;
    let ratio = ((&f - &one) << w) / (&f + &one);
    let ln2 = constant('2', w, ln2_fixed);
    // 64 more places keep the error of `e ln 2` below the bound for |e| < 2^40.
    finished(shifted(&(atanh(&ratio, w) * 2 + ln2 * e), -64), w - 64)
}

/// Sine and cosine of `n / 2^point`.
pub(super) fn sin_cos(n: &BigInt, point: u64, bits: u64) -> (Ball, Ball) {
    let size = n.bits().saturating_sub(point);
    let w = bits + GUARD + size;
    let x = shifted(n, w as i64 - point as i64);
    let half_pi = constant('π', w, pi_fixed) >> 1u32;
    let k: BigInt = (&x + (&half_pi >> 1u32)).div_euclid_by(&half_pi);
    let r = x - &k * &half_pi;
    let square = (&r * &r) >> w;
    let series = |first: BigInt, mut i: u32| {
        let mut term = first.clone();
        let mut sum = first;
        while term.magnitude() > &BigUint::one() {
            term = -((&term * &square) >> w) / (i * (i + 1));
            sum += &term;
            i += 2;
        }
        sum
    };
    let sine = series(r, 2);
    let cosine = series(BigInt::one() << w, 1);
    let quadrant: BigInt = k & BigInt::from(3);
    let (s, c) = match quadrant.to_u8().unwrap_or(0) {
        0 => (sine, cosine),
        1 => (cosine, -sine),
        2 => (-sine, -cosine),
        _ => (-cosine, sine),
    };
    // The reduction's error grows with `k`, whose length is `size`: those places are cut.
    (finished(s >> size, w - size), finished(c >> size, w - size))
}

/// Inverse tangent of `n / 2^point`, at most 4 in size.
pub(super) fn atan(n: &BigInt, point: u64, bits: u64) -> Ball {
    let w = bits + GUARD;
    let mut x = shifted(n, w as i64 - point as i64);
    let one = BigInt::one() << w;
    // atan x = 2 atan(x / (1 + sqrt(1 + x^2))), four times.
    for _ in 0..4 {
        let square = (&one + ((&x * &x) >> w)) << w;
        let root = BigInt::from_biguint(Sign::Plus, square.magnitude().sqrt());
        x = (&x << w) / (&one + root);
    }
    let square = (&x * &x) >> w;
    let mut power = x.clone();
    let mut sum = x;
    let mut k = 1i64;
    while power.magnitude() > &BigUint::one() {
        power = -((&power * &square) >> w);
        k += 2;
        sum += &power / k;
    }
    finished(sum << 4u32, w)
}

fn shifted(n: &BigInt, by: i64) -> BigInt {
    if by >= 0 { n << by.unsigned_abs() } else { n >> by.unsigned_abs() }
}

/// Floor division by a positive number.
trait FloorDivision {
    fn div_euclid_by(&self, by: &BigInt) -> BigInt;
}

impl FloorDivision for BigInt {
    fn div_euclid_by(&self, by: &BigInt) -> BigInt {
        let quotient = self / by;
        if (self - &quotient * by).is_negative() { quotient - 1 } else { quotient }
    }
}
