//! `info:adminuri`.

use crate::shop::Shop;

#[test]
fn it_shows_the_front_name_between_blank_lines_as_commerce_does() {
    assert_eq!(
        Shop::new().run(["info:adminuri"]).succeeded().stdout,
        "\nAdmin URI: /backend\n\n"
    );
    let adopted = Shop::adopted().run(["i:a"]).succeeded();
    assert_eq!(adopted.stdout, "\nAdmin URI: /admin_1x2y3z\n\n");
}
