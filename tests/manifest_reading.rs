//! Manifests of every dialect and encoding, read as their writers meant them.

use std::io::{self, Read};

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, KOI8_R, SHIFT_JIS, WINDOWS_1251};
use proptest::prelude::*;
use tidewaiter::manifest::{
    Field, GoodsItem, Manifest, Mapping, ReadOptions, Recognition, Record, SkipReason, Skipped,
};
use tidewaiter::{Error, ErrorKind, Issue};

/// All that reading one manifest yields.
#[derive(Debug, Default)]
struct Reading {
    items: Vec<GoodsItem>,
    issues: Vec<Issue>,
    skipped: Vec<Skipped>,
    unreadable: Vec<Issue>,
    encoding: &'static str,
    sha256: Option<String>,
}

impl Reading {
    fn descriptions(&self) -> Vec<&str> {
        self.items
            .iter()
            .map(|item| item.description.as_str())
            .collect()
    }

    fn codes(&self) -> Vec<&str> {
        self.issues.iter().map(|issue| issue.code).collect()
    }

    fn reasons(&self) -> Vec<(u64, SkipReason)> {
        self.skipped
            .iter()
            .map(|row| (row.row, row.reason))
            .collect()
    }
}

fn read_with(bytes: impl Read, options: &ReadOptions) -> Result<Reading, Error> {
    let mut manifest = Manifest::open("m.csv", bytes, options)?;
    let mut reading = Reading {
        issues: manifest.issues(),
        ..Reading::default()
    };
    while let Some(record) = manifest.next_record() {
        match record {
            Record::Item { item, issues } => {
                reading.items.push(item);
                reading.issues.extend(issues);
            }
            Record::Skipped(row) => reading.skipped.push(row),
            Record::Unreadable { issue, .. } => reading.unreadable.push(issue),
        }
    }
    assert!(manifest.next_record().is_none(), "the end is the end");
    reading.issues.extend(manifest.issues());
    reading.encoding = manifest.encoding();
    reading.sha256 = manifest.sha256();
    Ok(reading)
}

fn read(bytes: impl AsRef<[u8]>) -> Reading {
    read_with(bytes.as_ref(), &ReadOptions::default()).expect("a readable manifest")
}

fn mapped(text: &str, mapping: &[&str]) -> Result<Reading, Error> {
    let mut options = ReadOptions::default();
    for entry in mapping {
        options.mapping.add(entry)?;
    }
    read_with(text.as_bytes(), &options)
}

fn file(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/manifests/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let mark = mark.then_some('\u{FEFF}');
    let units = mark.into_iter().chain(text.chars()).map(|c| c.to_string());
    let units: Vec<u16> = units
        .flat_map(|c| c.encode_utf16().collect::<Vec<_>>())
        .collect();
    let bytes = |unit: &u16| {
        if little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        }
    };
    units.iter().flat_map(bytes).collect()
}

#[test]
fn one_table_in_every_encoding_gives_the_same_items() {
    let chinese = "序号,品名,数量\n1,硝酸,5\n2,真空泵,7\n";
    let traditional = "項次,貨物名稱,數量\n1,硝酸,5\n2,真空泵,7\n";
    let japanese = "番号,品名,数量\n1,硝酸,5\n2,真空ポンプ,7\n";
    let korean = "순번,품명,수량\n1,질산,5\n2,진공 펌프,7\n";
    let russian = "№,Наименование товара,Количество\n1,Азотная кислота,5\n2,Вакуумный насос,7\n";
    let encodings: [(&str, &[&'static Encoding]); 5] = [
        (chinese, &[GBK, GB18030]),
        (traditional, &[BIG5]),
        (japanese, &[SHIFT_JIS, EUC_JP]),
        (korean, &[EUC_KR]),
        (russian, &[WINDOWS_1251]),
    ];
    for (text, legacy) in encodings {
        let expected = read(text).items;
        assert_eq!(expected.len(), 2, "{text}");
        assert_eq!(expected[1].quantity.as_deref(), Some("7"), "{text}");
        let mut forms = vec![
            ("UTF-8 BOM", format!("\u{FEFF}{text}").into_bytes()),
            ("UTF-16LE BOM", utf16(text, true, true)),
            ("UTF-16BE BOM", utf16(text, false, true)),
            ("UTF-16LE", utf16(text, true, false)),
            ("UTF-16BE", utf16(text, false, false)),
        ];
        for encoding in legacy {
            let (bytes, _, lossy) = encoding.encode(text);
            assert!(!lossy, "{}: {text}", encoding.name());
            forms.push((encoding.name(), bytes.into_owned()));
        }
        for (form, bytes) in forms {
            let reading = read(&bytes);
            assert_eq!(reading.items, expected, "{form}");
            assert!(
                reading.skipped.is_empty() && reading.unreadable.is_empty(),
                "{form}"
            );
        }
    }
}

#[test]
fn an_encoding_that_shows_late_or_is_named_is_used() {
    let mut text = String::from("Item,Description,Qty\n");
    for line in 1..20_000 {
        text.push_str(&format!("{line},PUMP,5\n"));
    }
    text.push_str("20000,真空泵和硝酸容器,7\n20001,离心机转子,7\n");
    let (bytes, _, _) = GBK.encode(&text);
    let reading = read(&bytes);
    assert_eq!(
        reading.descriptions()[19_999..],
        ["真空泵和硝酸容器", "离心机转子"]
    );
    assert_eq!(
        (reading.encoding, reading.codes()),
        ("GBK", vec!["encoding-guessed"])
    );

    let (bytes, _, _) = KOI8_R.encode("Item,Description\n1,Насос\n");
    let options = ReadOptions {
        encoding: Some("koi8-r".into()),
        ..ReadOptions::default()
    };
    let reading = read_with(&bytes[..], &options).expect("a manifest");
    assert_eq!(
        (reading.descriptions(), reading.codes()),
        (vec!["Насос"], vec![])
    );

    let options = ReadOptions {
        encoding: Some("klingon".into()),
        ..ReadOptions::default()
    };
    let error = read_with(&b"Goods\nx\n"[..], &options).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Option);
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_row() {
    let mut bytes = "品名,数量\n硝酸和真空泵以及离心机转子管件,5\n"
        .as_bytes()
        .to_vec();
    bytes.extend_from_slice(b"PUMP \xFF X,5\n");
    let reading = read(&bytes);
    assert_eq!(reading.items[1].description, "PUMP \u{FFFD} X");
    assert_eq!(
        reading.issues[0].to_string(),
        "m.csv:3: warning[undecodable-bytes]: 1 character of this row can't be read and stands as \
         \u{FFFD}; the row was read as UTF-8"
    );
}

#[test]
fn an_excel_table_below_titles() {
    let bytes = file("good/excel-with-titles.csv");
    let manifest = Manifest::open("m.csv", &bytes[..], &ReadOptions::default()).expect("opens");
    let columns = manifest.columns();
    assert_eq!(
        (columns.header_row, columns.header_line),
        (Some(5), Some(5))
    );
    assert_eq!(columns.recognised_by, Recognition::Header);
    let reading = read(&bytes);
    assert_eq!(
        reading.descriptions(),
        [
            "NITRIC ACID 68 PCT,\r\n18 IBC",
            "PIPE 3\" STAINLESS",
            "ROTOR TUBE"
        ]
    );
    let places: Vec<(u64, u64)> = reading
        .items
        .iter()
        .map(|item| (item.row, item.line))
        .collect();
    assert_eq!(places, [(6, 6), (7, 8), (9, 10)]);
    assert_eq!(
        reading.reasons(),
        [
            (1, SkipReason::TitleRow),
            (2, SkipReason::TitleRow),
            (3, SkipReason::TitleRow),
            (4, SkipReason::EmptyRow),
            (8, SkipReason::RepeatedHeader),
            (10, SkipReason::EmptyRow),
            (11, SkipReason::TotalsRow),
        ]
    );
    assert_eq!(
        reading.skipped[2].text,
        "Shipper: | ACME CO. | Consignee: | Korea Trading"
    );
    let item = &reading.items[0];
    assert_eq!(
        (item.line_id.as_str(), item.hs.as_deref()),
        ("1", Some("2808.00"))
    );
    assert_eq!(
        (item.weight.as_deref(), item.destination.as_deref()),
        (Some("22500"), Some("KP"))
    );
    assert_eq!(reading.issues, []);
    assert_eq!(reading.sha256.map(|hex| hex.len()), Some(64));
}

#[test]
fn other_dialects() {
    let reading = read(file("good/sep-semicolon.csv"));
    assert_eq!(
        reading.descriptions(),
        ["Азотная кислота, 68%", "Насос вакуумный"]
    );
    assert_eq!(reading.items[0].weight.as_deref(), Some("1,5"));
    assert_eq!((reading.items[0].row, reading.items[0].line), (2, 3));
    assert_eq!(reading.reasons(), [(4, SkipReason::TotalsRow)]);

    let reading = read(file("good/chinese.tsv"));
    assert_eq!(reading.descriptions(), ["变频器", "硝酸"]);
    let parameter = &reading.items[0].parameters[0];
    assert_eq!(
        (parameter.name.as_str(), parameter.value.as_str()),
        ("频率(Hz)", "0-600")
    );
    assert!(reading.items[1].parameters.is_empty());

    for text in [
        "Goods|Qty\nPUMP|5\n",
        "Goods\tQty\r\nPUMP\t5",
        "Goods;Qty\rPUMP;5\r",
        "\u{FEFF}Goods\tQty\nPUMP\t5\n",
    ] {
        let reading = read(text);
        assert_eq!(reading.descriptions(), ["PUMP"], "{text}");
        assert_eq!(reading.items[0].quantity.as_deref(), Some("5"), "{text}");
        assert_eq!(
            (reading.items[0].row, reading.items[0].line),
            (2, 2),
            "{text}"
        );
    }
    let options = ReadOptions {
        delimiter: Some(b'^'),
        ..ReadOptions::default()
    };
    let reading = read_with(&b"Goods^Qty\nPUMP^5\n"[..], &options).expect("a manifest");
    assert_eq!(reading.descriptions(), ["PUMP"]);
}

#[test]
fn several_goods_columns_are_joined_and_ignored_ones_are_not() {
    let reading =
        read("Goods,English name,Remarks,中文品名,Goods value\nA,NITRIC ACID,fragile,硝酸,100\n");
    assert_eq!(reading.descriptions(), ["A NITRIC ACID 硝酸"]);
    let reading = read("No,Description,,Qty\n1,PUMP,VACUUM TYPE,5\n");
    assert_eq!(reading.descriptions(), ["PUMP VACUUM TYPE"]);
    let reading = read("Item,Qty\nNITRIC ACID,5\nPUMP,6\n");
    assert_eq!(reading.descriptions(), ["NITRIC ACID", "PUMP"]);
    assert_eq!(reading.codes(), ["goods-column-by-content"]);
    let reading = read("Goods,Gross weight,Net weight\nPUMP,12,10\nVALVE,3,\n");
    assert_eq!(reading.items[0].weight.as_deref(), Some("10"));
    assert_eq!(reading.items[1].weight.as_deref(), Some("3"));
    assert_eq!(
        reading.issues[0].message,
        "\"Net weight\" is read as weight; \"Gross weight\" only where that is empty"
    );
}

#[test]
fn without_a_header_the_content_tells() {
    let reading = read(file("good/no-header.csv"));
    assert_eq!(
        reading.descriptions(),
        [
            "VACUUM PUMP ROTARY VANE",
            "TRIBUTYL PHOSPHATE",
            "SPARE PARTS"
        ]
    );
    assert_eq!(reading.items[0].hs.as_deref(), Some("8414.10"));
    assert_eq!(
        (reading.items[0].row, reading.items[0].line_id.as_str()),
        (1, "1")
    );
    assert_eq!(
        reading.issues[0].to_string(),
        "m.csv: note[no-header]: the manifest has no header row that is known; by what the columns \
         hold, it reads column 2 as description, column 3 as hs, and the first row as goods; use \
         --map FIELD=COLUMN if that is wrong"
    );
    let reading =
        read("ACME TRADING CO LTD,Tributyl phosphate,126-73-8\nBETA LTD,Pump,7697-37-2\n");
    assert_eq!(reading.descriptions(), ["Tributyl phosphate", "Pump"]);
    assert_eq!(reading.items[0].cas.as_deref(), Some("126-73-8"));
    let reading = read("PUMP, CENTRIFUGAL, SS\nVALVE\nNITRIC ACID\n");
    assert_eq!(
        reading.descriptions(),
        ["PUMP, CENTRIFUGAL, SS", "VALVE", "NITRIC ACID"]
    );
}

#[test]
fn ragged_rows_lose_nothing() {
    let head = "No,Goods,HS code,Qty\n";
    let reading = read(format!("{head}1,PUMP, VACUUM, OIL FREE,8414.10,5\n"));
    assert_eq!(reading.descriptions(), ["PUMP, VACUUM, OIL FREE"]);
    assert_eq!(reading.items[0].hs.as_deref(), Some("8414.10"));
    assert_eq!(reading.items[0].quantity.as_deref(), Some("5"));
    assert_eq!(
        reading.issues[0].to_string(),
        "m.csv:2: warning[ragged-row]: this row has 6 fields, the header 4; \"PUMP, VACUUM, OIL \
         FREE\" is read as one goods description that should be in quotes"
    );
    let reading = read(format!("{head}1,PUMP,8414.10,5,\"with rotor\",spare\n"));
    assert_eq!(reading.descriptions(), ["PUMP with rotor spare"]);
    assert_eq!(reading.items[0].hs.as_deref(), Some("8414.10"));
    assert_eq!(reading.codes(), ["ragged-row"]);

    let reading = read(format!("{head}1,PUMP\n"));
    assert_eq!(
        (reading.descriptions(), reading.codes()),
        (vec!["PUMP"], vec!["ragged-row"])
    );
    let reading = read(format!("{head}OIL FREE,8414\n"));
    assert_eq!(reading.descriptions(), ["OIL FREE 8414"]);
    assert_eq!(
        read(format!("{head}1,PUMP,8414.10,5,,\n")).codes(),
        Vec::<&str>::new()
    );
}

#[test]
fn totals_never_hide_goods() {
    let text = "No,Goods,HS code,Qty\n1,TOTAL ORGANIC CARBON ANALYZER,,1\n2,TOTAL,2808.00,1\n\
                TOTAL,NITRIC ACID,,5\n,合计：5件,,5\nGrand total,,,7\n,,,\n4,,,9\n";
    let reading = read(text);
    assert_eq!(
        reading.descriptions(),
        ["TOTAL ORGANIC CARBON ANALYZER", "TOTAL", "NITRIC ACID", ""]
    );
    assert_eq!(
        reading.reasons(),
        [
            (5, SkipReason::TotalsRow),
            (6, SkipReason::TotalsRow),
            (7, SkipReason::EmptyRow)
        ]
    );
}

#[test]
fn quotes_that_go_wrong_are_told() {
    let reading = read("No,Goods,Qty\n1,\"PIPE 3 INCH,5\n2,\"VALVE\",3\n3,\"A\"BC,4\n");
    assert_eq!(reading.descriptions(), ["\"PIPE 3 INCH", "VALVE", "ABC"]);
    assert_eq!(reading.codes(), ["unclosed-quote", "stray-quote"]);
    let long = "X".repeat(3 << 20);
    let reading = read(format!("No,Goods,Qty\n1,{long},5\n2,VALVE,3\n"));
    assert_eq!(reading.items[0].description.len(), 1 << 20);
    assert_eq!(reading.items[0].quantity.as_deref(), Some("5"));
    assert_eq!(reading.codes(), ["field-too-long"]);
}

#[test]
fn mapping_overrules() {
    let text = "No,Text,Goods,Zoll\n1,NITRIC ACID,see text,2808.00\n";
    let reading = mapped(text, &["description=TEXT", "hs=4"]).expect("a manifest");
    assert_eq!(reading.descriptions(), ["NITRIC ACID"]);
    assert_eq!(reading.items[0].hs.as_deref(), Some("2808.00"));
    let reading = mapped("ชื่อ,จำนวน\nPUMP,5\n", &["description=1"]).expect("a manifest");
    assert_eq!(reading.descriptions(), ["PUMP"]);
    for (mapping, message) in [
        (
            "description=Ware",
            "m.csv: the manifest has no column \"Ware\"; its columns are \"No\", \"Text\", \"Goods\", \"Zoll\"",
        ),
        (
            "hs=9",
            "m.csv: the manifest has no column 9; its columns are \"No\", \"Text\", \"Goods\", \"Zoll\"",
        ),
        ("hs=0", "columns are counted from 1, not from 0"),
        (
            "goods",
            "\"goods\" maps no column; write FIELD=COLUMN, for example description=3",
        ),
    ] {
        let error = mapped(text, &[mapping]).unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string().as_str()),
            (ErrorKind::Option, message)
        );
    }
    let mapping: Mapping = "line_id=1".parse().expect("a mapping");
    assert_eq!(mapping.columns_for(Field::LineId).count(), 1);
}

#[test]
fn bad_inputs_are_refused_in_plain_words() {
    let looked_for = "looked for names such as \"Description\", \"Goods\", \"Commodity\", \"品名\", \
                      \"наименование товара\"; name the column with --map description=COLUMN (its \
                      header, or its number from 1)";
    let sheet = "open it in a spreadsheet program and save it as CSV (UTF-8)";
    for (name, message) in [
        ("unknown-headers", format!("no column describes the goods: the columns in row 1 are \"Foo\", \"Bar\", \"Baz\"; {looked_for}")),
        ("no-goods-column", format!("no column describes the goods: the columns in row 2 are \"No\", \"HS code\", \"Qty\", \"Remarks\"; {looked_for}")),
        ("only-numbers", format!("no column describes the goods: there is no header row, and row 1 holds \"1\", \"5\", \"2024-01-01\"; {looked_for}")),
        ("workbook", format!("this looks like a zip archive or an Excel workbook (.xlsx), not like a CSV or TSV table; {sheet}")),
        ("document", "this looks like a PDF document, not like a CSV or TSV table; export the goods as a CSV table".to_owned()),
        ("binary", "this looks like a binary file, not like a CSV or TSV table; save the manifest as CSV (UTF-8)".to_owned()),
        ("webpage", format!("this looks like a web page, not like a CSV or TSV table; {sheet}")),
    ] {
        let error = read_with(&file(&format!("bad/{name}.csv"))[..], &ReadOptions::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Manifest, "{name}");
        assert_eq!(error.to_string(), format!("m.csv: {message}"), "{name}");
    }
}

#[test]
fn nothing_in_it_is_no_error() {
    for text in ["", "\n\n", "\u{FEFF}", "Description,Qty\n", "sep=;\n"] {
        let reading = read(text);
        assert!(
            reading.items.is_empty() && reading.skipped.is_empty(),
            "{text:?}"
        );
        assert!(reading.sha256.is_some());
    }
}

#[test]
fn a_reader_that_fails_leaves_an_unreadable_row() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("cable cut"))
        }
    }
    let mut text = String::from("Goods,Qty\n");
    text.push_str(&"PUMP,5\n".repeat(30_000));
    let reading =
        read_with(text.as_bytes().chain(Fails), &ReadOptions::default()).expect("it begins well");
    assert!(reading.items.len() > 10_000);
    assert_eq!(reading.unreadable[0].code, "read-failed");
    assert_eq!(reading.sha256, None);
    let error = read_with(Fails, &ReadOptions::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
}

/// Hands out a few bytes at a time.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.1.min(self.0.len()).min(out.len());
        let (now, later) = self.0.split_at(length);
        out[..length].copy_from_slice(now);
        self.0 = later;
        Ok(length)
    }
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What a writer quotes comes back, in whatever dialect and whatever pieces it arrives.
    #[test]
    fn quoted_cells_come_back(
        cells in prop::collection::vec("[A-Za-zа-я硝酸 ,;|\"\n\t]{0,20}", 1..20),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|']),
        piece in 1_usize..50,
    ) {
        let mut text = format!("No{delimiter}Goods{delimiter}Qty\n");
        for (number, cell) in cells.iter().enumerate() {
            text.push_str(&format!("{number}{delimiter}{}{delimiter}5\n", quoted(cell)));
        }
        let reading = read_with(Drip(text.as_bytes(), piece), &ReadOptions::default())?;
        let expected: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        prop_assert_eq!(reading.descriptions(), expected);
        prop_assert_eq!(reading.codes(), Vec::<&str>::new());
    }

    /// Whatever the rows are, each is an item, skipped or unreadable, and nothing panics.
    #[test]
    fn every_row_is_accounted_for(rows in prop::collection::vec("[a-zA-Z0-9,;\" .硝]{0,30}", 0..40)) {
        let text = format!("No,Goods,HS code\n{}\n", rows.join("\n"));
        let reading = read(&text);
        let lines = rows.iter().filter(|row| !row.is_empty()).count();
        let numbers: Vec<u64> = (reading.items.iter().map(|item| item.row))
            .chain(reading.skipped.iter().map(|row| row.row))
            .collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        let expected: Vec<u64> = (2..2 + numbers.len() as u64).collect();
        prop_assert_eq!(&sorted, &expected);
        prop_assert!(numbers.len() <= lines);
        // Every letter that was written stands in some record.
        if !text.contains('"') {
            prop_assert_eq!(numbers.len(), lines);
        }
    }

    /// Arbitrary bytes are read or refused, never a panic.
    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read_with(&bytes[..], &ReadOptions::default());
    }
}
