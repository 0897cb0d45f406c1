use super::*;

/// Of RFC 6238, appendix B.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn find(code: &str, window: Window, now: i64) -> Found {
    let secret = AppSecret::from_base32(&SecretString::from(SECRET)).unwrap();
    let now = Timestamp::from_second(now).unwrap();
    secret.find(&SecretString::from(code), window, now)
}

#[test]
fn codes_are_those_of_the_standard() {
    let none = Window::new(Some(0), None);
    for (code, second) in [
        ("287082", 59),
        ("081804", 1_111_111_109),
        ("050471", 1_111_111_111),
        ("005924", 1_234_567_890),
        ("279037", 2_000_000_000),
        ("353130", 20_000_000_000),
    ] {
        assert_eq!(
            find(code, none, second),
            Found::Good(second / 30),
            "{second}"
        );
        assert_eq!(
            find(&format!(" {} {} ", &code[..3], &code[3..]), none, second),
            Found::Good(second / 30)
        );
    }
}

/// The cases are PHP's: `totp_window` of the vectors.
#[test]
fn the_window_is_commerces_before_and_since_its_2_4_7() {
    let cases = [
        ("276857", false, false),
        ("921300", true, true),
        ("732303", true, true),
        ("136087", true, false),
        ("253938", false, false),
    ];
    for (code, in_steps, in_leeway) in cases {
        let is_good = |window| matches!(find(code, window, 1_700_000_010), Found::Good(_));
        assert_eq!(is_good(Window::new(None, Some(1))), in_steps, "{code}");
        assert_eq!(is_good(Window::new(Some(29), None)), in_leeway, "{code}");
    }
}

#[test]
fn a_setting_that_locks_everybody_out_of_commerce_does_not_here() {
    assert_eq!(Window::new(Some(60), None), Window::Leeway(29));
    assert_eq!(Window::new(Some(-1), Some(4)), Window::Leeway(0));
    assert_eq!(Window::new(None, None), Window::Leeway(0));
    assert_eq!(Window::new(None, Some(99)), Window::Steps(10));
}

#[test]
fn a_clock_that_is_off_is_told_from_a_wrong_code() {
    let leeway = Window::new(Some(29), None);
    let off = |minutes: i64| Found::ClockIsOff(SignedDuration::from_mins(minutes));
    assert_eq!(find("287082", leeway, 59 + 300), off(-5));
    assert_eq!(find("050471", leeway, 1_111_111_111 - 240), off(4));
    assert_eq!(find("050471", leeway, 1_111_111_111 - 900), Found::Wrong);
}

#[test]
fn what_is_not_six_digits_is_no_code() {
    for code in ["", "28708", "2870820", "28708a", "２８７０８２", "94287082"] {
        assert_eq!(find(code, Window::Leeway(29), 59), Found::Wrong, "{code}");
    }
}

#[test]
fn secrets_are_read_as_apps_show_them_and_of_any_length() {
    let read = |text: &str| AppSecret::from_base32(&SecretString::from(text)).is_some();
    assert!(read("gezd gnbv-gy3t qojq"));
    assert!(read("GEZDGNBVGY3TQOI="));
    assert!(read("ME"));
    for text in ["", "====", "0189", "ü", "GEZDG!"] {
        assert!(!read(text), "{text}");
    }
}

#[test]
fn a_secret_that_is_handed_in_is_kept_plainly_and_is_not_a_short_one() {
    let strong = |text: &str| {
        let kept = strong_secret(&SecretString::from(text));
        kept.map(|kept| kept.expose_secret().to_owned())
    };
    let kept = strong("gezd gnbv-gy3t qojq gezd gnbv gy3t qojq");
    assert_eq!(kept.as_deref(), Some(SECRET));
    assert_eq!(
        strong("GEZDGNBVGY3TQOJQGEZDGNBVGA======").map(|it| it.len()),
        Some(26)
    );
    for text in [
        "",
        "GEZDGNBVGY3TQOJQGEZDGNBVG",
        "GEZDGNBVGY3TQOJQGEZDGNBVG1",
    ] {
        assert_eq!(strong(text), None, "{text}");
    }
}
