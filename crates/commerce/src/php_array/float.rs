//! Doubles as PHP prints them: `var_export` and the `(string)` cast, with the stock
//! `serialize_precision` of -1 and `precision` of 14.
//! Compared with real PHP in `tests/php_array_properties.rs`.

/// `var_export`: the shortest digits that read back equal, never without a point.
pub(super) fn export(number: f64) -> String {
    let mut text = print(number, 17, None);
    if number.is_finite() && !text.contains(['.', 'E']) {
        text.push_str(".0");
    }
    text
}

/// The `(string)` cast, which PHP 8 rounds to 14 significant digits.
pub(super) fn cast(number: f64) -> String {
    print(number, 14, Some(13))
}

/// `limit` is the number of integer digits above which PHP changes to the exponent form;
/// `round_to` the number of digits after the first that are kept.
fn print(number: f64, limit: i32, round_to: Option<usize>) -> String {
    if number.is_nan() {
        return "NAN".to_owned();
    }
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if number.is_infinite() {
        return format!("{sign}INF");
    }
    let scientific = match round_to {
        Some(digits) => format!("{:.*e}", digits, number.abs()),
        None => format!("{:e}", number.abs()),
    };
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits = mantissa.replace('.', "");
    let digits = match digits.trim_end_matches('0') {
        "" => "0",
        kept => kept,
    };
    // The value is 0.digits times ten to this power.
    let point = exponent.parse::<i32>().unwrap_or(0).saturating_add(1);
    if point < -3 || point > limit {
        return format!("{sign}{}", exponent_form(digits, point - 1));
    }
    format!("{sign}{}", positional_form(digits, point))
}

fn exponent_form(digits: &str, exponent: i32) -> String {
    let (first, rest) = digits.split_at_checked(1).unwrap_or((digits, ""));
    let rest = if rest.is_empty() { "0" } else { rest };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}.{rest}E{sign}{}", exponent.unsigned_abs())
}

fn positional_form(digits: &str, point: i32) -> String {
    let Ok(point) = usize::try_from(point) else {
        let zeros = "0".repeat(usize::try_from(-point).unwrap_or(0));
        return format!("0.{zeros}{digits}");
    };
    match digits.split_at_checked(point) {
        Some(("", fraction)) => format!("0.{fraction}"),
        Some((whole, "")) => whole.to_owned(),
        Some((whole, fraction)) => format!("{whole}.{fraction}"),
        None => format!("{digits:0<point$}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exported_doubles_look_as_php_writes_them() {
        for (number, text) in [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (-0.0, "-0.0"),
            (1e16, "10000000000000000.0"),
            (1e17, "1.0E+17"),
            (0.0001, "0.0001"),
            (0.000_01, "1.0E-5"),
            (1.5e-7, "1.5E-7"),
            (5e-324, "5.0E-324"),
            (f64::NEG_INFINITY, "-INF"),
        ] {
            assert_eq!(export(number), text);
        }
    }

    #[test]
    fn cast_doubles_keep_fourteen_digits() {
        assert_eq!(cast(2.5), "2.5");
        assert_eq!(cast(0.1 + 0.2), "0.3");
        assert_eq!(cast(1e15), "1.0E+15");
    }
}
