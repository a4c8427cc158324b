//! Where the header is, which column is what, and where goods stand.

use tidewaiter::ErrorKind;
use tidewaiter::manifest::{Field, Manifest, Mapping, ReadOptions, Recognition, SkipReason};

use super::{Reading, file, mapped, read, read_with};

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
        "column 3 (\"Net weight\") is read as weight; column 2 (\"Gross weight\") only where that is empty"
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

/// What each column of a manifest was taken for.
fn columns(text: &str) -> String {
    let manifest = Manifest::open("m.csv", text.as_bytes(), &ReadOptions::default());
    manifest.map_or_else(|error| error.to_string(), |m| m.columns().to_string())
}

#[test]
fn a_header_of_two_rows_is_one_header() {
    let bytes = file("good/two-row-header.csv");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert_eq!(
        columns(&text),
        "No = line-id, Description of goods English = description, Description of goods Chinese = \
         description, Quantity Pcs = quantity, Quantity Pkgs = quantity, Weight (kg) Net = weight, \
         Weight (kg) Gross = weight, Output frequency (Hz) = parameter"
    );
    let reading = read(&text);
    assert_eq!(
        reading.descriptions(),
        ["FREQUENCY CHANGER 变频器", "PUMP 泵"]
    );
    assert!(reading.skipped.is_empty());
    let item = &reading.items[0];
    assert_eq!((item.row, item.weight.as_deref()), (3, Some("10")));
    assert_eq!(item.parameters[0].name, "Output frequency (Hz)");
    assert_eq!(item.parameters[0].value, "0-600");
    let reading = mapped(&text, &["description=Chinese"]).expect("a manifest");
    assert_eq!(reading.descriptions(), ["变频器", "泵"]);

    for text in [
        // Names in two languages, one below the other.
        "序号,品名,海关编码,数量\nNo.,Description,HS Code,Quantity\n1,PUMP,8414,5\n",
        // Groups of columns.
        ",Goods,,,Shipment,\nNo,Description,HS,Qty,Origin,Destination\n1,PUMP,8414,5,CN,KP\n",
        // Units.
        "No,Goods,HS,Qty\n,,,pcs\n1,PUMP,8414,5\n",
        // The header again in the other language, as on a second page.
        "No,Goods,HS,Qty\n1,PUMP,8414,5\n序号,品名,海关编码,数量\n",
    ] {
        let reading = read(text);
        assert_eq!(reading.descriptions(), ["PUMP"], "{text}");
        assert_eq!(reading.items[0].hs.as_deref(), Some("8414"), "{text}");
    }
    // Goods that are named like a column are goods.
    for text in [
        "Goods,Unit\nCARGO,pcs\nPUMP,pcs\n",
        "No,Goods,Qty\n1,PRODUCT,5\n2,PUMP,5\n",
    ] {
        assert_eq!(read(text).items.len(), 2, "{text}");
    }
}

#[test]
fn a_form_above_the_header_is_no_header_and_goods_above_it_are_goods() {
    let form = "COMMERCIAL INVOICE\nShipper:,ACME CO LTD,,Invoice No.,INV-1,\nDescription of goods:,MACHINERY\n\n\
                No,Description,HS Code,Qty,Unit\n1,PUMP,8414,5,PCS\n";
    let reading = read(form);
    assert_eq!(reading.descriptions(), ["PUMP"]);
    assert_eq!(reading.skipped.len(), 3);
    assert!(
        reading
            .skipped
            .iter()
            .all(|row| row.reason == SkipReason::TitleRow)
    );
    let address = "12 Harbour Road\n".repeat(45);
    assert_eq!(
        read(format!("{address}No,Goods\n1,PUMP\n")).descriptions(),
        ["PUMP"]
    );
    let cut = "6,VALVE,8481,3\n7,ROTOR,8401,2\nNo,Goods,HS,Qty\n8,PUMP,8414,5\n";
    assert_eq!(read(cut).descriptions(), ["VALVE", "ROTOR", "PUMP"]);
}

#[test]
fn goods_columns_are_known_in_every_language() {
    for name in [
        "品名/Description",
        "Description of Goods (货物描述)",
        "货物描述（Description of Goods）",
        "품명 / Description",
        "Description - 品名",
        "Описание товара / Description of goods",
        "Tên hàng (Description)",
        "Designation/Bezeichnung",
        "1. Description of goods",
        "31 Packages and description of goods",
        "Description (max 35 chars)",
        "goodsDescription",
        "ItemDesc",
        "PRODUCT_NAME",
        "Desc. of Goods",
        "Название груза",
        "Наименование и техническая характеристика",
        "貨品描述",
        "申报要素",
        "貨物の名称",
        "明細",
        "물품내역",
        "Handelsübliche Bezeichnung",
        "Nature et quantité des marchandises",
        "Descripción comercial",
        "Descrição detalhada",
        "Tên hàng hóa, quy cách",
        "Marks & Numbers / Description of goods",
    ] {
        let reading = read(format!("Foo,\"{name}\",Qty\nA,PUMP,5\n"));
        assert_eq!(reading.descriptions(), ["PUMP"], "{name}");
        assert_eq!(reading.items[0].quantity.as_deref(), Some("5"), "{name}");
    }
    for name in [
        "Marks & Numbers",
        "Notes",
        "Remarks",
        "Special instructions",
        "Comments",
        "Goods remarks",
        "Commodity notes",
        "Product comments",
        "Description remarks",
        "备注",
        "货物备注",
        "品名备注",
        "비고",
        "Примечание",
        "Bemerkungen",
        "Observations",
        "Observaciones",
        "Ghi chú",
        "備考",
        "Goods value",
        "Product code",
        "Package description",
        "Наименование банка",
        "Description code",
        "商品单价",
        "Valeur des marchandises",
    ] {
        let reading = read(format!("\"{name}\",Goods\nHOT CELL,PUMP\n"));
        assert_eq!(reading.descriptions(), ["PUMP"], "{name}");
    }
}

#[test]
fn wide_tables_and_many_empty_rows_are_read() {
    let names: Vec<String> = (0..198).map(|number| format!("C{number}")).collect();
    let text = format!(
        "{},Goods,Qty\n{}PUMP,5\n",
        names.join(","),
        "x,".repeat(198)
    );
    assert_eq!(read(text).descriptions(), ["PUMP"]);
    let text = format!(
        "{}No,Goods\n{}1,PUMP\n{}",
        ",\n".repeat(500),
        ",\n".repeat(500),
        ",\n".repeat(100_000)
    );
    let reading = read(text);
    assert_eq!(
        (reading.descriptions(), reading.skipped.len()),
        (vec!["PUMP"], 101_000)
    );
}

#[test]
fn columns_of_one_name_are_all_read_where_that_makes_sense() {
    let text = "No,Description,Description,HS,HS\n1,PUMP,VACUUM,,8414\n2,,VALVE,8481,8401\n";
    let by_name = mapped(text, &["description=Description"]).expect("a manifest");
    for reading in [read(text), by_name] {
        assert_eq!(reading.descriptions(), ["PUMP VACUUM", "VALVE"]);
        let codes: Vec<Option<&str>> = reading
            .items
            .iter()
            .map(|item| item.hs.as_deref())
            .collect();
        assert_eq!(codes, [Some("8414"), Some("8481")]);
        assert_eq!(
            reading.issues[0].to_string(),
            "m.csv:1: note[duplicate-column]: column 4 (\"HS\") is read as hs; column 5 (\"HS\") only \
             where that is empty"
        );
    }
}

#[test]
fn cells_are_kept_as_a_spreadsheet_mangled_them() {
    let reading: Reading = read(
        "Item,Goods,HS,CAS,Date\n1.0,VALVE,8481.8,126-73-8,45296\n2,X,\"=\"\"8414100000\"\"\",=\"7697-37-2\",\n",
    );
    let item = &reading.items[0];
    assert_eq!(
        (
            item.line_id.as_str(),
            item.hs.as_deref(),
            item.date.as_deref()
        ),
        ("1.0", Some("8481.8"), Some("45296"))
    );
    assert_eq!(reading.items[1].hs.as_deref(), Some("=\"8414100000\""));
    assert_eq!(reading.items[1].cas.as_deref(), Some("=\"7697-37-2\""));
    assert_eq!(reading.issues, []);
}
