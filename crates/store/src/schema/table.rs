//! How a table is described, independent of any engine. What a description can say is what
//! Commerce's declarative schema uses and no more; `crate::schema::render` turns it into SQL.

/// A table, named without the instance's prefix.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    pub(crate) primary_key: &'static [&'static str],
    pub(crate) unique_keys: &'static [&'static [&'static str]],
    pub(crate) indexes: &'static [&'static [&'static str]],
    pub(crate) foreign_keys: &'static [ForeignKey],
    pub(crate) comparison: Comparison,
}

/// How text columns compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// Letter case does not matter, as in all of Commerce's tables (`utf8mb4_general_ci`).
    IgnoringCase,
    /// Byte for byte, as in our own.
    Exact,
}

/// A column that names a row of another table and vanishes with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ForeignKey {
    pub(crate) column: &'static str,
    pub(crate) table: &'static str,
    pub(crate) references: &'static str,
}

/// One column. NOT NULL without a default unless said otherwise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) unsigned: bool,
    pub(crate) nullable: bool,
    pub(crate) auto_increment: bool,
    pub(crate) default: Option<Default>,
    /// Set to the present time whenever the row is updated without naming this column.
    pub(crate) touched: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    SmallInteger,
    Integer,
    BigInteger,
    Char(u16),
    Varchar(u16),
    Text,
    MediumText,
    MediumBlob,
    /// UTC, whole seconds.
    Timestamp,
    /// As [`Kind::Timestamp`], but MySQL does not convert it between time zones.
    DateTime,
}

/// What a column holds when an insert does not name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Default {
    Number(i64),
    Text(&'static str),
    Now,
    /// MySQL's `0000-00-00 00:00:00`, which Commerce writes as `default="0"`.
    ZeroDate,
}

impl Table {
    pub(crate) const fn new(
        name: &'static str,
        primary_key: &'static [&'static str],
        columns: &'static [Column],
    ) -> Self {
        Self {
            name,
            columns,
            primary_key,
            unique_keys: &[],
            indexes: &[],
            foreign_keys: &[],
            comparison: Comparison::IgnoringCase,
        }
    }

    pub(crate) const fn unique(mut self, keys: &'static [&'static [&'static str]]) -> Self {
        self.unique_keys = keys;
        self
    }

    pub(crate) const fn indexes(mut self, indexes: &'static [&'static [&'static str]]) -> Self {
        self.indexes = indexes;
        self
    }

    pub(crate) const fn foreign_keys(mut self, keys: &'static [ForeignKey]) -> Self {
        self.foreign_keys = keys;
        self
    }

    pub(crate) const fn exact(mut self) -> Self {
        self.comparison = Comparison::Exact;
        self
    }
}

impl Column {
    pub(crate) const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            unsigned: false,
            nullable: false,
            auto_increment: false,
            default: None,
            touched: false,
        }
    }

    pub(crate) const fn unsigned(mut self) -> Self {
        self.unsigned = true;
        self
    }

    pub(crate) const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    pub(crate) const fn default(mut self, default: Default) -> Self {
        self.default = Some(default);
        self
    }

    /// Default 0, which most of Commerce's numbers have.
    pub(crate) const fn zero(self) -> Self {
        self.default(Default::Number(0))
    }

    pub(crate) const fn touched(mut self) -> Self {
        self.touched = true;
        self
    }
}

/// The key that the engine numbers: `int unsigned AUTO_INCREMENT` unless `kind` is changed.
pub(crate) const fn id(name: &'static str) -> Column {
    Column {
        auto_increment: true,
        ..unsigned(name)
    }
}

/// `int unsigned`.
pub(crate) const fn unsigned(name: &'static str) -> Column {
    Column::new(name, Kind::Integer).unsigned()
}

/// `smallint`, signed.
pub(crate) const fn small(name: &'static str) -> Column {
    Column::new(name, Kind::SmallInteger)
}

/// `bigint`, signed.
pub(crate) const fn big(name: &'static str) -> Column {
    Column::new(name, Kind::BigInteger)
}

/// `varchar` of `length` characters.
pub(crate) const fn varchar(name: &'static str, length: u16) -> Column {
    Column::new(name, Kind::Varchar(length))
}

/// `text`.
pub(crate) const fn text(name: &'static str) -> Column {
    Column::new(name, Kind::Text)
}

/// `timestamp` without a default.
pub(crate) const fn timestamp(name: &'static str) -> Column {
    Column::new(name, Kind::Timestamp)
}

/// `timestamp` that an insert sets to the present time.
pub(crate) const fn created(name: &'static str) -> Column {
    timestamp(name).default(Default::Now)
}

/// `timestamp` that every insert and update sets to the present time.
pub(crate) const fn modified(name: &'static str) -> Column {
    created(name).touched()
}

/// A foreign key that deletes the row with the row it names.
pub(crate) const fn cascade(
    column: &'static str,
    table: &'static str,
    references: &'static str,
) -> ForeignKey {
    ForeignKey {
        column,
        table,
        references,
    }
}
