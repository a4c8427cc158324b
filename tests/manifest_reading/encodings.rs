//! Which encoding a manifest is in, and what happens to bytes that are in none.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, IBM866, KOI8_R, SHIFT_JIS, WINDOWS_1251,
    WINDOWS_1252,
};
use tidewaiter::ErrorKind;
use tidewaiter::manifest::{ReadOptions, SkipReason};

use super::{file, read, read_with};

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
    let russian =
        "Номер,Наименование товара,Количество\n1,Азотная кислота,5\n2,Вакуумный насос,7\n";
    let french =
        "N°;Désignation des marchandises;Quantité\n1;Acide nitrique fumé;5\n2;Pompe à vide;7\n";
    let encodings: [(&str, &[&'static Encoding]); 6] = [
        (chinese, &[GBK, GB18030]),
        (traditional, &[BIG5]),
        (japanese, &[SHIFT_JIS, EUC_JP]),
        (korean, &[EUC_KR]),
        (russian, &[WINDOWS_1251, IBM866, KOI8_R]),
        (french, &[WINDOWS_1252]),
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
fn rows_in_another_encoding_are_read_and_told() {
    let reading = read(file("good/mixed-encodings.csv"));
    assert_eq!(reading.descriptions(), ["离心机转子管件", "真空泵", "硝酸"]);
    assert_eq!(
        reading.issues[0].to_string(),
        "m.csv:3: warning[mixed-encodings]: this row is in GBK, unlike the rest of the manifest, \
         which is in UTF-8; it was read as GBK"
    );
    assert_eq!(reading.issues.len(), 1);

    for (encoding, head, own, other) in [
        (GBK, "序号,品名\n", "真空泵", "离心机转子管件"),
        (
            WINDOWS_1251,
            "Номер,Наименование товара\n",
            "Насос",
            "Азотная кислота",
        ),
        (EUC_KR, "순번,품명\n", "질산", "진공 펌프"),
    ] {
        let mut bytes = encoding.encode(head).0.into_owned();
        bytes.extend_from_slice(&encoding.encode(&format!("1,{own}\n2,{own}\n")).0);
        bytes.extend_from_slice(format!("3,{other}\n").as_bytes());
        bytes.extend_from_slice(&encoding.encode(&format!("4,{own}\n")).0);
        let reading = read(&bytes);
        assert_eq!(reading.descriptions(), [own, own, other, own], "{head}");
        assert!(reading.codes().contains(&"mixed-encodings"), "{head}");
    }

    // Whoever names the encoding gets it.
    let options = ReadOptions {
        encoding: Some("utf-8".into()),
        ..ReadOptions::default()
    };
    let bytes = file("good/mixed-encodings.csv");
    let reading = read_with(&bytes[..], &options).expect("a manifest");
    assert_eq!(reading.codes(), ["undecodable-bytes"]);
}

#[test]
fn vietnamese_with_marks_of_its_own_is_read() {
    let text = b"STT,M\xf4 ta\xd2 h\xe0ng h\xf3a,S\xf4\xec l\xfd\xf5\xf2ng\n1,Axit nitric 98%,5\n";
    let reading = read(text);
    assert_eq!(
        (reading.encoding, reading.descriptions()),
        ("windows-1258", vec!["Axit nitric 98%"])
    );
}

#[test]
fn zero_bytes_do_not_make_a_table_binary() {
    let reading = read(b"No,Goods,Qty\n1,NITRIC ACID\0\0,5\n\0\0\0\0\n2,PUMP,6\n\x1A");
    assert_eq!(reading.descriptions(), ["NITRIC ACID", "PUMP"]);
    assert_eq!(
        reading.reasons(),
        [(3, SkipReason::EmptyRow), (5, SkipReason::EmptyRow)]
    );
}
