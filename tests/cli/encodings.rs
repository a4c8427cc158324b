//! The same manifest gives the same verdicts in every encoding.

use serde_json::Value;

use crate::tidewaiter;

const MANIFEST: &str = "\
序号,货物名称,商品编码,目的国,数量
1,硝酸 65% 试剂级 2.5升,2808.00,朝鲜,120
2,硝酸 10% 水溶液,2808.00,朝鲜,40
3,熔化极气体保护焊机 直流 350A,8515.39,朝鲜,4
4,环形磁铁 钕铁硼,8505.11,朝鲜,200
5,质谱仪,9027.81,德国,1
6,男式棉衬衫,6205.20,朝鲜,900
7,杂货,,朝鲜,1
8,磷酸三丁酯 99% 桶装,2919.90,朝鲜,40
合计,,,,1306
";

fn items(bytes: &[u8]) -> (Vec<Value>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("manifest.csv");
    std::fs::write(&path, bytes).expect("written");
    let name = path.to_string_lossy();
    let args = [
        "check",
        &name,
        "--format",
        "jsonl",
        "--all",
        "--as-of",
        "2020-01-01",
    ];
    let output = tidewaiter(&args).output().expect("runs");
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let records = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let (mut items, mut encoding) = (Vec::new(), String::new());
    for mut record in records {
        if record["record"] == "item" {
            record["manifest"] = Value::Null;
            items.push(record);
        } else if record["record"] == "summary" {
            let used = record["manifests"][0]["encoding"].as_str();
            encoding = used.expect("an encoding").to_owned();
        }
    }
    (items, encoding)
}

fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(order).collect()
}

#[test]
fn gbk_and_utf_16_give_the_verdicts_of_utf_8() {
    let (expected, _) = items(MANIFEST.as_bytes());
    assert_eq!(expected.len(), 8);
    let outcomes: Vec<&str> = expected
        .iter()
        .filter_map(|i| i["outcome"].as_str())
        .collect();
    assert_eq!(
        outcomes,
        [
            "hit",
            "clear",
            "hit",
            "hit",
            "hit",
            "clear",
            "not-screenable",
            "hit"
        ]
    );
    let (gbk, _, unmappable) = encoding_rs::GBK.encode(MANIFEST);
    assert!(!unmappable);
    let mut bom = b"\xef\xbb\xbf".to_vec();
    bom.extend_from_slice(MANIFEST.as_bytes());
    for (bytes, encoding) in [
        (gbk.to_vec(), "gb"),
        (utf_16(MANIFEST, u16::to_le_bytes), "utf-16le"),
        (utf_16(MANIFEST, u16::to_be_bytes), "utf-16be"),
        (bom, "utf-8"),
    ] {
        let (found, used) = items(&bytes);
        assert!(used.to_lowercase().starts_with(encoding), "{used}");
        assert_eq!(found, expected, "{encoding}");
    }
}
