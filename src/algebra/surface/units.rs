//! Units of measurement: `km/h`, `kg m/s^2`, `square inches`.
//!
//! A unit is a factor times powers of base units. Factors are exact (SI Brochure, 9th edition, 2019; the yard, the
//! pound and what follows from them by the agreement of 1959). Temperatures in degrees have other zeros and are left out.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// A unit as a multiple of powers of base units.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// How many of the base units it is.
    pub factor: BigRational,
    /// Powers of base units by name; none is zero.
    pub powers: BTreeMap<&'static str, i32>,
}

/// Names, whether SI prefixes may stand before the first, the factor as digits and power of ten, powers of base units.
type Row = (&'static [&'static str], bool, (i64, i32), &'static [(&'static str, i32)]);

const LENGTH: &[(&str, i32)] = &[("m", 1)];
const TIME: &[(&str, i32)] = &[("s", 1)];
const MASS: &[(&str, i32)] = &[("kg", 1)];
const VOLUME: &[(&str, i32)] = &[("m", 3)];
const ENERGY: &[(&str, i32)] = &[("kg", 1), ("m", 2), ("s", -2)];

const UNITS: &[Row] = &[
    (&["m", "meter", "metre"], true, (1, 0), LENGTH),
    (&["in", "inch", "inche"], false, (254, -4), LENGTH),
    (&["ft", "foot", "feet"], false, (3048, -4), LENGTH),
    (&["yd", "yard"], false, (9144, -4), LENGTH),
    (&["mi", "mile"], false, (1_609_344, -3), LENGTH),
    (&["s", "sec", "second"], true, (1, 0), TIME),
    (&["min", "minute"], false, (60, 0), TIME),
    (&["h", "hr", "hour"], false, (3600, 0), TIME),
    (&["day"], false, (86_400, 0), TIME),
    (&["week"], false, (604_800, 0), TIME),
    (&["g", "gram"], true, (1, -3), MASS),
    (&["tonne"], false, (1000, 0), MASS),
    (&["lb", "pound"], false, (45_359_237, -8), MASS),
    (&["oz", "ounce"], false, (28_349_523_125, -12), MASS),
    (&["L", "l", "liter", "litre"], true, (1, -3), VOLUME),
    (&["A", "ampere", "amp"], true, (1, 0), &[("A", 1)]),
    (&["K", "kelvin"], true, (1, 0), &[("K", 1)]),
    (&["mol", "mole"], true, (1, 0), &[("mol", 1)]),
    (&["cd", "candela"], true, (1, 0), &[("cd", 1)]),
    (&["Hz", "hertz"], true, (1, 0), &[("s", -1)]),
    (&["N", "newton"], true, (1, 0), &[("kg", 1), ("m", 1), ("s", -2)]),
    (&["Pa", "pascal"], true, (1, 0), &[("kg", 1), ("m", -1), ("s", -2)]),
    (&["J", "joule"], true, (1, 0), ENERGY),
    (&["eV"], true, (1_602_176_634, -28), ENERGY),
    (&["Wh"], true, (3600, 0), ENERGY),
    (&["W", "watt"], true, (1, 0), &[("kg", 1), ("m", 2), ("s", -3)]),
    (&["C", "coulomb"], true, (1, 0), &[("A", 1), ("s", 1)]),
    (&["V", "volt"], true, (1, 0), &[("kg", 1), ("m", 2), ("s", -3), ("A", -1)]),
    (&["Ω", "ohm", "Omega"], true, (1, 0), &[("kg", 1), ("m", 2), ("s", -3), ("A", -2)]),
    (&["F", "farad"], true, (1, 0), &[("kg", -1), ("m", -2), ("s", 4), ("A", 2)]),
    (&["T", "tesla"], true, (1, 0), &[("kg", 1), ("s", -2), ("A", -1)]),
    (&["mph"], false, (44_704, -5), &[("m", 1), ("s", -1)]),
    (&["dollar", "USD"], false, (1, 0), &[("dollar", 1)]),
    (&["cent"], false, (1, -2), &[("dollar", 1)]),
];

const PREFIXES: &[(&str, &str, i32)] = &[
    ("T", "tera", 12),
    ("G", "giga", 9),
    ("M", "mega", 6),
    ("k", "kilo", 3),
    ("d", "deci", -1),
    ("c", "centi", -2),
    ("m", "milli", -3),
    ("µ", "micro", -6),
    ("μ", "micro", -6),
    ("n", "nano", -9),
    ("p", "pico", -12),
];

/// Largest power of a unit.
const POWER_MAX: i32 = 12;

fn ten(power: i32) -> BigRational {
    num_traits::pow::Pow::pow(BigRational::from_integer(BigInt::from(10)), power)
}

/// One name; symbols as written, words in any letters, with or without `s`.
fn single(name: &str) -> Option<Unit> {
    let lower = name.to_lowercase();
    let word = |n: &str| n.len() > 2 && (lower == n || lower.strip_suffix('s').is_some_and(|l| l == n));
    let of = |row: &Row, shift: i32| {
        let factor = BigRational::from_integer(BigInt::from(row.2.0)) * ten(row.2.1 + shift);
        Unit { factor, powers: row.3.iter().copied().collect() }
    };
    if let Some(row) = UNITS.iter().find(|row| row.0.contains(&name) || row.0.iter().any(|n| word(n))) {
        return Some(of(row, 0));
    }
    PREFIXES.iter().find_map(|(short, long, shift)| {
        let prefixed = |row: &&Row| {
            let symbol = name.strip_prefix(short).is_some_and(|rest| row.0.iter().any(|n| *n == rest && n.len() <= 3));
            let whole = lower.strip_prefix(long).is_some_and(|rest| {
                row.0.iter().any(|n| n.len() > 3 && (rest == *n || rest.strip_suffix('s').is_some_and(|r| r == *n)))
            });
            row.1 && (symbol || whole)
        };
        UNITS.iter().find(prefixed).map(|row| of(row, *shift))
    })
}

impl Unit {
    fn none() -> Unit {
        Unit { factor: BigRational::one(), powers: BTreeMap::new() }
    }

    fn times(mut self, other: &Unit, power: i32) -> Unit {
        self.factor *= num_traits::pow::Pow::pow(other.factor.clone(), power);
        for (n, p) in &other.powers {
            *self.powers.entry(n).or_insert(0) += p * power;
        }
        self.powers.retain(|_, p| !p.is_zero());
        self
    }

    /// Reads a product of powers of units; a slash or `per` divides by the unit behind it.
    pub fn parse(text: &str) -> Option<Unit> {
        let text = text
            .replace("sq.", "sq")
            .replace("cu.", "cu")
            .replace("^{", "^")
            .replace(['{', '}', '$'], "")
            .replace(['·', '⋅', '*', '~'], " ")
            .replace('/', " / ");
        let mut unit = Unit::none();
        let (mut sign, mut raised) = (1, 1);
        let mut met = false;
        for part in text.split_whitespace() {
            match part.to_lowercase().as_str() {
                "/" | "per" => sign = -1,
                "square" | "sq" => raised = 2,
                "cubic" | "cu" => raised = 3,
                _ => {
                    let part = part.replace('²', "^2").replace('³', "^3").replace("⁻¹", "^-1");
                    let (name, power) = part.split_once('^').unwrap_or((&part, "1"));
                    let power: i32 = power.parse().ok().filter(|p: &i32| p.abs() <= POWER_MAX)?;
                    unit = unit.times(&single(name)?, sign * power * raised);
                    (sign, raised, met) = (1, 1, true);
                }
            }
        }
        (met && sign == 1 && raised == 1).then_some(unit)
    }
}

/// Whether the text is a unit that is known.
pub(super) fn known(text: &str) -> bool {
    Unit::parse(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str, times: (i64, i64)) {
        let (x, y) = (Unit::parse(a).expect(a), Unit::parse(b).expect(b));
        assert_eq!(x.powers, y.powers, "{a} {b}");
        assert_eq!(x.factor, y.factor * BigRational::new(times.0.into(), times.1.into()), "{a} {b}");
    }

    #[test]
    fn units_are_multiples_of_base_units() {
        same("km/h", "m/s", (5, 18));
        same("kWh", "MJ", (36, 10));
        same("N m", "J", (1, 1));
        same("square feet", "in^2", (144, 1));
        same("kilometers per hour", "km h^{-1}", (1, 1));
        same("mL", "cm^3", (1, 1));
        same("miles", "feet", (5280, 1));
        same("mA", "A", (1, 1000));
    }

    #[test]
    fn what_is_no_unit_is_not_guessed_at() {
        for text in ["apples", "m/", "", "per", "ks m^99", "xyz", "cmin"] {
            assert!(Unit::parse(text).is_none(), "{text}");
        }
    }
}
