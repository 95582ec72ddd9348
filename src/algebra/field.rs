//! Arithmetic modulo primes just below `2^62`.
//!
//! An identity between rational functions is decided by evaluating both sides at a random point
//! modulo a random prime: a difference of degree `D` that is not zero vanishes there with
//! probability at most `D / p` (Schwartz 1980, Zippel 1979).

/// Base-2 logarithm of the smallest prime that is used.
pub const PRIME_BITS: u32 = 61;

/// Bits of a product's head that a quotient is estimated from: products lie below `2^(60 + 64)`.
const HEAD_SHIFT: u32 = PRIME_BITS - 1;

/// A prime field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The prime.
    pub p: u64,
    /// `floor(2^124 / p)` where `2^61 <= p < 2^62`, else zero: remainders by multiplication (Barrett 1986).
    reciprocal: u64,
}

impl Field {
    /// The integers modulo `p`.
    pub fn new(p: u64) -> Field {
        let fits = p >> PRIME_BITS == 1;
        let reciprocal = if fits { ((1u128 << (2 * PRIME_BITS + 2)) / u128::from(p)) as u64 } else { 0 };
        Field { p, reciprocal }
    }

    /// `a + b`
    pub fn add(self, a: u64, b: u64) -> u64 {
        let s = a + b;
        if s >= self.p { s - self.p } else { s }
    }

    /// `a - b`
    pub fn sub(self, a: u64, b: u64) -> u64 {
        if a >= b { a - b } else { a + self.p - b }
    }

    /// `-a`
    pub fn neg(self, a: u64) -> u64 {
        if a == 0 { 0 } else { self.p - a }
    }

    /// `a b`, for `a` and `b` below `p`.
    pub fn mul(self, a: u64, b: u64) -> u64 {
        let product = u128::from(a) * u128::from(b);
        if self.reciprocal == 0 {
            return (product % u128::from(self.p)) as u64;
        }
        // The estimate is at most 2 below the quotient, and 3 p is below 2^64.
        let head = (product >> HEAD_SHIFT) as u64;
        let quotient = ((u128::from(head) * u128::from(self.reciprocal)) >> 64) as u64;
        let mut rest = (product as u64).wrapping_sub(quotient.wrapping_mul(self.p));
        for _ in 0..2 {
            if rest >= self.p {
                rest -= self.p;
            }
        }
        rest
    }

    /// `a^e`
    pub fn pow(self, mut a: u64, mut e: u64) -> u64 {
        let mut out = 1 % self.p;
        while e > 0 {
            if e & 1 == 1 {
                out = self.mul(out, a);
            }
            a = self.mul(a, a);
            e >>= 1;
        }
        out
    }

    /// `a^e` for an exponent of either sign; `None` for a negative power of zero.
    pub fn pow_signed(self, a: u64, e: i64) -> Option<u64> {
        let base = if e < 0 { self.inv(a)? } else { a };
        Some(self.pow(base, e.unsigned_abs()))
    }

    /// `1 / a`; `None` for zero.
    pub fn inv(self, a: u64) -> Option<u64> {
        if a == 0 { None } else { Some(self.pow(a, self.p - 2)) }
    }

    /// An element whose order is exactly `n`, which divides `p - 1`; `primes` are those of `n`.
    pub fn root_of_unity(self, n: u64, primes: &[u64]) -> u64 {
        let mut h = 2;
        loop {
            let z = self.pow(h, (self.p - 1) / n);
            if primes.iter().all(|q| self.pow(z, n / q) != 1) {
                return z;
            }
            h += 1;
        }
    }

    /// A root of `x^r = a` for a prime `r`, if one exists (Adleman, Manders and Miller 1977; for
    /// `r = 2` Tonelli and Shanks).
    pub fn prime_root(self, a: u64, r: u64) -> Option<u64> {
        if a == 0 {
            return Some(0);
        }
        let mut t = self.p - 1;
        let mut e = 0;
        while t.is_multiple_of(r) {
            t /= r;
            e += 1;
        }
        if e == 0 {
            return Some(self.pow(a, inverse_modulo(r, self.p - 1)?));
        }
        if self.pow(a, (self.p - 1) / r) != 1 {
            return None;
        }
        // u r = 1 (mod t): x = a^u is a root up to an element of the r-subgroup.
        let u = if t == 1 { 0 } else { inverse_modulo(r % t, t)? };
        let x = self.pow(a, u);
        let mut h = 2;
        while self.pow(h, (self.p - 1) / r) == 1 {
            h += 1;
        }
        let z = self.pow(h, t);
        let zeta = self.pow(z, r.pow(e - 1));
        // The error a / x^r lies in the r-subgroup and is an r-th power there: find its logarithm.
        let mut error = self.mul(a, self.inv(self.pow(x, r))?);
        let mut log = 0u64;
        for k in 1..e {
            let probe = self.pow(error, r.pow(e - 1 - k));
            let digit = (0..r).find(|d| self.pow(zeta, *d) == probe)?;
            let step = digit * r.pow(k);
            log += step;
            error = self.mul(error, self.inv(self.pow(z, step))?);
        }
        (error == 1).then(|| self.mul(x, self.pow(z, log / r)))
    }
}

/// `1 / a` modulo `m`, if they have no common factor.
fn inverse_modulo(a: u64, m: u64) -> Option<u64> {
    let (mut r0, mut r1) = (i128::from(m), i128::from(a % m));
    let (mut s0, mut s1) = (0i128, 1i128);
    while r1 != 0 {
        let q = r0 / r1;
        (r0, r1) = (r1, r0 - q * r1);
        (s0, s1) = (s1, s0 - q * s1);
    }
    (r0 == 1).then(|| s0.rem_euclid(i128::from(m)) as u64)
}

/// A stream of numbers from a seed (SplitMix64, Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub struct Stream(pub u64);

impl Stream {
    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `1..p`.
    pub fn unit(&mut self, p: u64) -> u64 {
        1 + self.draw() % (p - 1)
    }
}

/// A random prime `p` in `[2^61, 2^62)` with `p = 1` modulo `n` (`n` at most `2^40`).
pub fn prime(n: u64, stream: &mut Stream) -> u64 {
    let low = 1u64 << PRIME_BITS;
    let steps = low / n;
    loop {
        let p = (low / n + stream.draw() % steps) * n + 1;
        if p >= low && is_prime(p) {
            return p;
        }
    }
}

/// Whether `n` is prime (Miller and Rabin with the bases that decide every `n < 2^64`, Sinclair 2011).
pub fn is_prime(n: u64) -> bool {
    const SMALL: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    if n < 2 {
        return false;
    }
    for q in SMALL {
        if n.is_multiple_of(q) {
            return n == q;
        }
    }
    let field = Field::new(n);
    let twos = (n - 1).trailing_zeros();
    let odd = (n - 1) >> twos;
    // Every base of the 64-bit set is below 2^63, and `Field` adds nothing here.
    [2, 325, 9375, 28178, 450_775, 9_780_504, 1_795_265_022].into_iter().all(|b: u64| {
        let mut x = field.pow(b % n, odd);
        if x == 0 || x == 1 || x == n - 1 {
            return true;
        }
        (1..twos).any(|_| {
            x = field.mul(x, x);
            x == n - 1
        })
    })
}

/// The prime factors of `n` with their powers, if trial division up to `2^16` finds them all.
pub fn factor(mut n: u64) -> Option<Vec<(u64, u32)>> {
    let mut out = Vec::new();
    let mut q = 2;
    while q * q <= n && q < 1 << 16 {
        let mut power = 0;
        while n.is_multiple_of(q) {
            n /= q;
            power += 1;
        }
        if power > 0 {
            out.push((q, power));
        }
        q += if q == 2 { 1 } else { 2 };
    }
    if n > 1 {
        if n >= 1 << 32 && !is_prime(n) {
            return None;
        }
        out.push((n, 1));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primes_are_told_from_strong_pseudoprimes() {
        let under_1000 = (0..1000).filter(|n| is_prime(*n)).count();
        assert_eq!(under_1000, 168);
        for composite in [2047u64, 3_215_031_751, 3_825_123_056_546_413_051, (1 << 61) + 1] {
            assert!(!is_prime(composite), "{composite}");
        }
        assert!(is_prime((1 << 61) - 1));
    }

    #[test]
    fn products_by_the_reciprocal_are_those_by_division() {
        let mut stream = Stream(11);
        let ends = [1u64 << 61, (1 << 62) - 1, (1 << 61) + 1, (1 << 62) - 57];
        let moduli = ends.into_iter().chain((0..200).map(|_| (1 << 61) + stream.draw() % (1 << 61)));
        for p in moduli.collect::<Vec<_>>() {
            let field = Field::new(p);
            assert_ne!(field.reciprocal, 0);
            let near = [0, 1, 2, p / 2, p - 2, p - 1];
            let factors: Vec<u64> = near.into_iter().chain((0..20).map(|_| stream.draw() % p)).collect();
            for (a, b) in factors.iter().flat_map(|a| factors.iter().map(move |b| (*a, *b))) {
                assert_eq!(u128::from(field.mul(a, b)), u128::from(a) * u128::from(b) % u128::from(p), "{a} {b} mod {p}");
            }
        }
    }

    #[test]
    fn roots_modulo_a_prime_are_roots_and_half_of_the_units_have_no_square_root() {
        let mut stream = Stream(7);
        for r in [2u64, 3, 5, 7] {
            let field = Field::new(prime(240 * r, &mut stream));
            let mut found = 0;
            for _ in 0..60 {
                let a = stream.unit(field.p);
                if let Some(x) = field.prime_root(a, r) {
                    assert_eq!(field.pow(x, r), a);
                    found += 1;
                }
            }
            assert!(found > 0 && found < 60, "{r}: {found} of 60");
        }
    }

    #[test]
    fn a_root_of_unity_has_exactly_its_order() {
        let mut stream = Stream(3);
        let field = Field::new(prime(240, &mut stream));
        let z = field.root_of_unity(240, &[2, 3, 5]);
        assert_eq!(field.pow(z, 240), 1);
        assert!([120, 80, 48].iter().all(|k| field.pow(z, *k) != 1));
    }
}
