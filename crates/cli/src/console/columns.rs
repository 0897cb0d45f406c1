//! Rows in columns: as wide as their widest cell, two blanks apart, nothing drawn around them, so
//! that `awk` and eyes read the same.

use super::text::width;

/// The rows as lines, the first one being the headings.
#[must_use]
pub fn columns<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(move |row| row.get(column));
        cells.map(|cell| width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..N).map(widest).collect();
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(&widths).map(|(cell, widest)| {
            let blanks = " ".repeat(widest.saturating_sub(width(cell)));
            format!("{cell}{blanks}")
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        line.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_what_stands_in_them() {
        let rows = [["Id", "User"], ["12345", "Zoë"], ["1", ""]];
        let lines = columns(&rows.map(|row| row.map(str::to_owned)));
        assert_eq!(lines, ["Id     User", "12345  Zoë", "1"]);
    }
}
