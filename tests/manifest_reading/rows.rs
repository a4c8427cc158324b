//! Rows that are odd: ragged, totals, quotes that go wrong, descriptions that go on.

use std::io::{self, Read};

use tidewaiter::ErrorKind;
use tidewaiter::manifest::{ReadOptions, SkipReason};

use super::{read, read_with};

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

#[test]
fn sums_are_skipped_in_every_language() {
    let head = "No,Goods,HS,Qty\n1,PUMP,8414,5\n";
    for words in [
        "TOTAL",
        "Total: 5 packages",
        "Carried over to page 2",
        "TTL",
        "SAY TOTAL FIVE CARTONS ONLY",
        "TOTALS FOR B/L 123",
        "Übertrag",
        "Zwischensumme",
        "Total général",
        "À reporter",
        "Suma y sigue",
        "Total parcial",
        "Total geral",
        "A transportar",
        "本页小计",
        "承前页",
        "过次页",
        "总 计",
        "合　計",
        "합 계",
        "전기이월",
        "次頁繰越",
        "Итого по странице",
        "Всего мест: 5",
        "Всего к оплате",
        "Tổng cộng:",
        "Mang sang",
    ] {
        for row in [format!("{words},,,5"), format!(",{words},,5")] {
            let reading = read(format!("{head}{row}\n"));
            assert_eq!(reading.descriptions(), ["PUMP"], "{words}");
            assert_eq!(reading.reasons(), [(3, SkipReason::TotalsRow)], "{words}");
            assert_eq!(reading.skipped[0].text, format!("{words} | 5"));
        }
    }
    for goods in [
        "TOTAL STATION",
        "SUM FREQUENCY LASER",
        "SAYBOLT VISCOMETER",
        "계량기",
        "REPORT PRINTER",
    ] {
        let reading = read(format!("{head}2,{goods},,5\n"));
        assert_eq!(reading.descriptions(), ["PUMP", goods]);
    }
}

#[test]
fn a_description_goes_on_in_the_rows_below() {
    let head = "No,Goods,Size,HS,Qty\n";
    let reading = read(format!(
        "{head}1,MARAGING STEEL TUBES,,7304,5\n,GRADE 350,,,\n,\"FOR, CENTRIFUGES\",,,\n2,PUMP,,8414,1\n\
         ,,,,\n,VALVE,,,\n"
    ));
    assert_eq!(
        reading.descriptions(),
        [
            "MARAGING STEEL TUBES\nGRADE 350\nFOR, CENTRIFUGES",
            "PUMP",
            "VALVE"
        ]
    );
    assert_eq!(
        reading.reasons(),
        [
            (3, SkipReason::ContinuationRow),
            (4, SkipReason::ContinuationRow),
            (6, SkipReason::EmptyRow),
        ]
    );
    assert_eq!(reading.skipped[1].text, "FOR, CENTRIFUGES");
    assert_eq!((reading.items[0].row, reading.items[2].row), (2, 7));

    // Goods that say something of their own are goods, and so are those below a row without facts.
    for rows in [
        "1,PUMP,,8414,5\n,VALVE,,,6\n",
        "1,PUMP,,8414,5\n,VALVE,DN50,,\n",
        ",PUMP,,,5\n,VALVE,,,\n",
        ",PUMP,,,\n,VALVE,,,\n",
        "1,PUMP,,8414,5\nTOTAL,,,,5\n,VALVE,,,\n",
    ] {
        assert_eq!(
            read(format!("{head}{rows}")).descriptions(),
            ["PUMP", "VALVE"],
            "{rows}"
        );
    }

    // A description goes on for a page, not for a table.
    let many = ",VALVE,,,\n".repeat(1000);
    let reading = read(format!("{head}1,PUMP,,8414,5\n{many}"));
    assert_eq!((reading.items.len(), reading.skipped.len()), (901, 100));
}

#[test]
fn a_row_too_long_to_keep_is_unreadable() {
    let long = "X".repeat(3 << 20);
    let message = "m.csv:2: error[field-too-long]: column 2 of this row goes on beyond what is kept \
                   (1 MiB a cell, 4 MiB a row); the row isn't screened: look at it by hand, or see \
                   whether a quote is missing";
    for text in [
        format!("No,Goods,Qty\n1,{long},5\n2,VALVE,3\n"),
        format!("No,Goods,Qty\n1,\"{long}\",5\n2,VALVE,3\n"),
        // A quote that nothing closes takes its own line and no more.
        format!("No,Goods,Qty\n1,\"{long},5\n2,VALVE,3\n"),
    ] {
        let reading = read(text);
        assert_eq!(reading.descriptions(), ["VALVE"]);
        assert_eq!(reading.unreadable[0].to_string(), message);
        assert_eq!(reading.unreadable.len(), 1);
    }
    // What isn't read need not be kept.
    let reading = read(format!("No,Goods,Remarks\n1,PUMP,{long}\n"));
    assert_eq!(
        (reading.descriptions(), reading.codes()),
        (vec!["PUMP"], vec![])
    );
    // A row that is full leaves nothing for a quote to be looked for in.
    let wide = vec!["Y".repeat(1 << 20); 5].join(",");
    let reading = read(format!(
        "No,Goods\n{wide},\"X\n{}2,VALVE\n",
        "X Y\n".repeat(300_000)
    ));
    assert_eq!(reading.unreadable.len(), 1);
    assert_eq!(reading.items.len(), 300_001);
}

#[test]
fn ruled_lines_are_empty_and_question_marks_are_not() {
    let reading =
        read("| No | Goods | HS |\n|----|-------|----|\n| 1 | ??? | 8414 |\n|====|=|=|\n");
    assert_eq!(reading.descriptions(), ["???"]);
    assert_eq!(
        reading.reasons(),
        [(2, SkipReason::EmptyRow), (4, SkipReason::EmptyRow)]
    );
}
