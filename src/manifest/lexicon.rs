//! The names of columns and the words of totals rows, from `data/lexicon/columns.toml`.
//!
//! They are data, so that somebody who reads Vietnamese manifests can add a name without
//! reading Rust.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use super::{Field, fold};
use crate::embedded::COLUMNS;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(&COLUMNS.read()));

/// The names that are known.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// What a header was recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub field: Field,
    /// How far down its list the name stands: of two columns of a field the lower comes first.
    pub rank: usize,
}

pub(crate) struct Lexicon {
    whole: HashMap<String, Label>,
    /// Phrases that may stand inside a longer header, the longest first; `None` is no field.
    within: Vec<(String, Option<Label>)>,
    units: HashSet<String>,
    /// What stands in the second row of a header.
    parts: HashSet<String>,
    totals: Vec<String>,
    totals_words: HashSet<String>,
}

type Names = BTreeMap<String, toml::Value>;

impl Lexicon {
    fn parse(tables: &BTreeMap<String, Names>) -> Lexicon {
        let mut lexicon = Lexicon {
            whole: HashMap::new(),
            within: Vec::new(),
            units: HashSet::new(),
            parts: HashSet::new(),
            totals: Vec::new(),
            totals_words: HashSet::new(),
        };
        for (table, names) in tables {
            match table.as_str() {
                "units" => lexicon.units.extend(names.values().flat_map(strings)),
                "second-row" => lexicon.parts.extend(names.values().flat_map(folded)),
                "totals" => lexicon.totals.extend(names.values().flat_map(folded)),
                "totals-words" => lexicon.totals_words.extend(names.values().flat_map(folded)),
                _ => lexicon.add_field(table.parse().ok(), names),
            }
        }
        lexicon
            .totals
            .sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        lexicon
            .within
            .sort_by_key(|(phrase, _)| std::cmp::Reverse(length(phrase)));
        lexicon
    }

    fn add_field(&mut self, field: Option<Field>, names: &Names) {
        let lists = |key: &str| names.get(key).and_then(toml::Value::as_table);
        for (language, list) in lists("within").into_iter().flatten() {
            let mut rank = 0;
            for phrase in folded(list) {
                let label = field.map(|field| Label { field, rank });
                if let Some(label) = label {
                    self.whole.entry(phrase.clone()).or_insert(label);
                }
                self.within.push((phrase, label));
                rank += 1;
            }
            let more = lists("names").and_then(|names| names.get(language));
            self.add_whole(field, more, rank);
        }
        for (language, list) in lists("names").into_iter().flatten() {
            if lists("within").is_none_or(|within| !within.contains_key(language)) {
                self.add_whole(field, Some(list), 0);
            }
        }
    }

    fn add_whole(&mut self, field: Option<Field>, list: Option<&toml::Value>, first: usize) {
        let Some(field) = field else { return };
        for (rank, phrase) in (first..).zip(list.into_iter().flat_map(folded)) {
            self.whole.entry(phrase).or_insert(Label { field, rank });
        }
    }

    /// What a column with this header holds, if its name or a part of it is known.
    pub fn recognise(&self, header: &str) -> Option<Label> {
        if header.len() > 400 {
            return None;
        }
        let label = self.recognise_as_written(header);
        match apart(header) {
            Some(words) if label.is_none() => self.recognise_as_written(&words),
            _ => label,
        }
    }

    fn recognise_as_written(&self, header: &str) -> Option<Label> {
        if let Some(label) = self.of_listed(header) {
            return Some(label);
        }
        let folded = fold::name(header);
        let bare = fold::name(&without_brackets(header));
        if let Some(label) = self.whole.get(&folded).or_else(|| self.whole.get(&bare)) {
            return Some(*label);
        }
        let field = |label: &Option<Label>| label.is_none_or(|l| l.field != Field::Parameter);
        let found = |wanted: bool| {
            self.within
                .iter()
                .find(|(phrase, label)| field(label) == wanted && fold::contains(&folded, phrase))
        };
        match (found(true), found(false)) {
            // "Concentration by weight" is a concentration: the longer phrase says more.
            (Some(other), Some(parameter)) if is_longer(&parameter.0, &other.0) => parameter.1,
            (Some((_, label)), _) => *label,
            (None, parameter) => self
                .of_parts(header)
                .or_else(|| parameter.and_then(|(_, label)| *label))
                .or_else(|| self.by_unit(header)),
        }
    }

    /// Whether this is a known name, whole.
    pub fn knows(&self, header: &str) -> bool {
        self.of_whole(header).is_some()
    }

    /// What a column holds whose whole name is known.
    pub fn of_whole(&self, header: &str) -> Option<Label> {
        self.whole.get(&fold::name(header)).copied()
    }

    /// Whether this stands in the second row of a header: "English", "net", "(kg)".
    pub fn is_part(&self, cell: &str) -> bool {
        self.parts.contains(&fold::name(cell)) || self.is_unit(cell)
    }

    /// Whether this is a technical unit, with or without brackets.
    pub fn is_unit(&self, cell: &str) -> bool {
        let bare = cell.trim_matches(|c: char| "()（）[]".contains(c) || c.is_whitespace());
        self.units.contains(bare)
    }

    /// Whether a cell is the beginning of a row of sums: "TOTAL: 45 CTNS", "合计".
    pub fn is_total(&self, cell: &str) -> bool {
        if cell.len() > 120 {
            return false;
        }
        let folded = fold::name(cell);
        self.totals.iter().any(|phrase| {
            let Some(rest) = folded.strip_prefix(phrase.as_str()) else {
                return false;
            };
            let apart =
                phrase.chars().all(fold::is_cjk) || rest.is_empty() || rest.starts_with(' ');
            apart && rest.split(' ').all(|word| self.is_totals_word(word))
        })
    }

    fn is_totals_word(&self, word: &str) -> bool {
        let word = word.trim_start_matches(|c: char| c.is_numeric());
        word.is_empty() || self.totals_words.contains(word)
    }

    /// "Qty/Unit", "数量/单位": the first of several names, where each is known.
    fn of_listed(&self, header: &str) -> Option<Label> {
        let mut labels = header
            .split(['/', '／'])
            .map(|part| self.whole.get(&fold::name(part)));
        let first = labels.next()??;
        let mut others = labels.peekable();
        (others.peek().is_some() && others.all(|label| label.is_some())).then_some(*first)
    }

    /// "品名 / Commodity", "Qty/Unit", "货物 Goods": one of the parts, where it is long enough
    /// to mean something by itself.
    fn of_parts(&self, header: &str) -> Option<Label> {
        let is_cut = |c: char| "/|\n\r()（）[]【】／;；".contains(c);
        header.split(is_cut).flat_map(by_script).find_map(|part| {
            let folded = fold::name(&part);
            let label = self.whole.get(&folded)?;
            let telling = folded.chars().count() > 2 || folded.chars().any(fold::is_cjk);
            (telling && label.field != Field::LineId).then_some(*label)
        })
    }

    /// "Rated load [A]", "Output (Hz)", "Bore / mm".
    fn by_unit(&self, header: &str) -> Option<Label> {
        let header = header.trim();
        let unit = match header.char_indices().next_back()? {
            (end, ')' | '）') => header[..end].rsplit_once(['(', '（'])?.1,
            (end, ']' | '】') => header[..end].rsplit_once(['[', '【'])?.1,
            _ => header.rsplit_once('/')?.1,
        };
        let label = Label {
            field: Field::Parameter,
            rank: 0,
        };
        self.units.contains(unit.trim()).then_some(label)
    }
}

/// The words of a name that is written as one: "goodsDescription", "CASNumber".
fn apart(header: &str) -> Option<String> {
    let chars: Vec<char> = header.chars().collect();
    let mut words = String::new();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let begins = c.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_uppercase() && after.is_some_and(char::is_lowercase)
            });
        if begins {
            words.push(' ');
        }
        words.push(*c);
    }
    (words.len() > header.len()).then_some(words)
}

/// The length that decides between phrases; an ideograph says as much as several letters.
fn length(phrase: &str) -> usize {
    phrase
        .chars()
        .map(|c| if fold::is_cjk(c) { 4 } else { 1 })
        .sum()
}

fn is_longer(parameter: &str, other: &str) -> bool {
    let cjk = |phrase: &str| phrase.chars().any(fold::is_cjk);
    cjk(parameter) == cjk(other) && length(parameter) > length(other)
}

fn without_brackets(header: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in header.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// Runs of one script: "货物 Goods" holds two names.
fn by_script(text: &str) -> Vec<String> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for c in text.chars() {
        match runs.last_mut() {
            Some((cjk, run)) if !c.is_alphabetic() || *cjk == fold::is_cjk(c) => run.push(c),
            _ => runs.push((fold::is_cjk(c), c.to_string())),
        }
    }
    runs.into_iter().map(|(_, run)| run).collect()
}

fn strings(list: &toml::Value) -> Vec<String> {
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

fn folded(list: &toml::Value) -> Vec<String> {
    strings(list).iter().map(|name| fold::name(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::lexicon;
    use crate::manifest::Field;

    fn field(header: &str) -> Option<Field> {
        lexicon().recognise(header).map(|label| label.field)
    }

    #[test]
    fn headers_of_many_languages() {
        for (wanted, headers) in [
            (
                Field::Description,
                "Description|GOODS|goods_desc|Description of Goods|Item Description|Product|Cargo|品名|\
                 货物名称|商品名称|货名|貨品名稱|품명|상품명|наименование товара|Описание|Warenbezeichnung|\
                 Désignation|mô tả hàng hóa|Descrição|Kind of packages; description of goods|Goods (EN)|\
                 Number and kind of packages, description of goods|Description\nof goods|HS description|\
                 品名 / Commodity name|货物名称及规格|English name|中文品名|Commodity:|品  名|ＧＯＯＤＳ|\
                 Marks & Numbers / Description of goods|Наименование и количество товаров|Descripción",
            ),
            (
                Field::Hs,
                "HS|hs code|HTS|Tariff|Commodity Code|TARIC|NCM|海关编码|税号|商品编码|HS编码|세번부호|\
                 код ТН ВЭД|Код ТН ВЭД ЕАЭС|H.S. Code|HS_CODE|HS-Code (8 digits)|Zolltarifnummer|Goods code",
            ),
            (
                Field::Cas,
                "CAS|CAS No.|cas_number|CAS-Nr.|CAS号|CAS #|CAS登记号",
            ),
            (
                Field::Quantity,
                "Qty|Quantity|数量|수량|Количество|Кол-во|Menge|Packages|Qty (pcs)|Qty/Unit|数量/单位",
            ),
            (
                Field::Unit,
                "Unit|UOM|单位|단위|Ед. изм.|Einheit|Unit of measure|ĐVT",
            ),
            (
                Field::Weight,
                "Gross weight|Net Weight (kg)|G.W.|N.W.(KGS)|毛重|净重(KG)|Вес брутто, кг|중량",
            ),
            (
                Field::Consignee,
                "Consignee|收货人|Грузополучатель|수하인|Consignee name",
            ),
            (
                Field::Shipper,
                "Shipper|Exporter|Shipper/Exporter|发货人|Отправитель",
            ),
            (
                Field::Origin,
                "Country of origin|Origin|COO|原产国|Страна происхождения|原産国",
            ),
            (
                Field::Destination,
                "Destination|Country of destination|目的国|Страна назначения|Bestimmungsland",
            ),
            (
                Field::Sku,
                "SKU|Article No.|货号|Артикул|Artikelnummer|품번",
            ),
            (
                Field::Transit,
                "Transit|Via|Country of transit|Port of transhipment|中转港|경유지|Страна транзита|Transitland",
            ),
            (
                Field::PortOfLoading,
                "Port of loading|POL|Loading port|装货港|起运港|선적항|Порт погрузки|船積港|Ladehafen",
            ),
            (
                Field::PortOfDischarge,
                "Port of discharge|POD|Port of Destination|卸货港|目的港|양하항|Порт выгрузки|荷揚港|Löschhafen",
            ),
            (
                Field::ConsigneeAddress,
                "Consignee address|Address of consignee|Delivery address|收货人地址|Адрес получателя|Lieferadresse",
            ),
            (Field::Date, "Date|Shipment date|日期|Дата|Datum|선적일"),
            (
                Field::LineId,
                "line_id|Line|Item|No.|Sr No|№ п/п|序号|Item No.|#|№|순번|STT",
            ),
            (
                Field::Parameter,
                "Voltage|Rated current (A)|Output frequency (Hz)|Load [A]|Bore / mm|浓度|电流|频率|材质|\
                 Концентрация, %|Material|Grade|Concentration by weight|Max. pressure|Purity %|Wall (mm)",
            ),
        ] {
            for header in headers.split('|') {
                let header = header.trim_start();
                assert_eq!(field(header), Some(wanted), "{header:?}");
            }
        }
    }

    #[test]
    fn headers_that_only_look_like_goods() {
        for header in [
            "Goods value",
            "Description of packages",
            "Remarks",
            "Notes",
            "Marks",
            "Unit price",
            "Colour",
            "Product code",
            "Container No",
            "备注",
            "单价",
            "Наименование организации",
            "Price (USD)",
            "Invoice date",
            "发票日期",
            "ETA",
            "",
        ] {
            assert_eq!(field(header), None, "{header:?}");
        }
    }

    #[test]
    fn totals_are_rows_of_sums_and_nothing_else() {
        for cell in [
            "TOTAL",
            "Total:",
            "合计",
            "总计：",
            "ИТОГО",
            "합계",
            "Summe",
            "Total général",
            "TOTAL 45 CTNS",
            "Grand Total: 1,250.00 KGS",
            "合计5件",
            "Sub-total",
        ] {
            assert!(lexicon().is_total(cell), "{cell}");
        }
        for cell in [
            "TOTAL ORGANIC CARBON ANALYZER",
            "Total station",
            "TOTALIZER",
            "Sum-frequency laser",
            "NITRIC ACID",
            "",
        ] {
            assert!(!lexicon().is_total(cell), "{cell}");
        }
    }
}
