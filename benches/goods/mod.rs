//! Goods lines made by a seed: none is of a real manifest.
//!
//! Most of a manifest is cups and shirts. Lines of consumer goods are put together from words;
//! the others are the shipped example and the labelled lines of the project. The same seed gives
//! the same lines.

use std::fmt::Write as _;

/// Share of lines with listed goods, in thousandths, that manifests of mixed cargo are taken to
/// have.
pub const USUAL_SHARE: u64 = 20;

const THINGS: [&str; 40] = [
    "PLASTIC CUPS",
    "COTTON SHIRTS",
    "WOODEN CHAIRS",
    "USED TYRES",
    "GLASS JARS",
    "RUBBER BOOTS",
    "PAPER NAPKINS",
    "STEEL SPOONS",
    "LED LAMPS",
    "KITCHEN KNIVES",
    "BABY STROLLERS",
    "SUITCASES",
    "CERAMIC TILES",
    "SCHOOL BAGS",
    "BICYCLE PARTS",
    "CANVAS SHOES",
    "FROZEN FISH FILLETS",
    "INSTANT NOODLES",
    "GREEN TEA",
    "SUNFLOWER OIL",
    "TOMATO PASTE",
    "DRIED MUSHROOMS",
    "MOBILE PHONE CASES",
    "CHARGING CABLES",
    "COMPUTER MICE",
    "OFFICE DESKS",
    "WALL CLOCKS",
    "CURTAIN FABRIC",
    "BED SHEETS",
    "HAND TOWELS",
    "GARDEN HOSES",
    "PVC FLOORING",
    "DOOR HANDLES",
    "BATHROOM MIRRORS",
    "TOY CARS",
    "BALLPOINT PENS",
    "NOTEBOOKS A5",
    "UMBRELLAS",
    "SUNGLASSES",
    "CARDBOARD BOXES",
];
const LOOKS: [&str; 16] = [
    "ASSORTED",
    "BLUE",
    "WHITE",
    "LARGE",
    "SMALL",
    "NEW",
    "USED",
    "PRINTED",
    "FOLDING",
    "HOUSEHOLD",
    "KIDS",
    "LADIES",
    "MENS",
    "EXPORT QUALITY",
    "BRAND ABC",
    "MODEL X",
];
const PACKS: [&str; 6] = ["CTNS", "BAGS", "PALLETS", "PCS", "SETS", "ROLLS"];
/// Where it goes; on the way to the DPRK the bans by code would apply to most of these codes.
const PORTS: [&str; 5] = ["DE", "VN", "KE", "MX", "BR"];
const CHINESE: [&str; 12] = [
    "塑料杯 蓝色",
    "棉质衬衫 男式",
    "木制椅子",
    "陶瓷餐具 套装",
    "儿童玩具汽车",
    "手机保护壳",
    "冷冻鱼片",
    "方便面 牛肉味",
    "不锈钢勺子",
    "办公桌 可折叠",
    "窗帘布 印花",
    "雨伞 大号",
];
const RUSSIAN: [&str; 12] = [
    "Рубашки мужские хлопковые",
    "Стулья деревянные складные",
    "Посуда керамическая, набор",
    "Игрушки детские, машинки",
    "Чехлы для телефонов",
    "Рыба мороженая, филе",
    "Лапша быстрого приготовления",
    "Ложки стальные",
    "Столы офисные",
    "Ткань для штор",
    "Зонты женские",
    "Сумки школьные",
];

/// In which script goods are described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Latin letters, as most.
    Ascii,
    /// Chinese.
    Chinese,
    /// Cyrillic letters.
    Cyrillic,
    /// Now the one, now the other.
    Mixed,
}

/// Makes goods lines, one after another.
pub struct Goods {
    state: u64,
    listed: Vec<&'static str>,
    /// Lines with listed goods, in thousandths.
    pub share: u64,
    /// In which script.
    pub script: Script,
}

impl Goods {
    /// Goods by a seed.
    pub fn new(seed: u64) -> Goods {
        let labelled = include_str!("../../tests/labelled/s-2017-822.csv");
        // Descriptions without a comma need no quotes taken off.
        let labelled = labelled
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').nth(1));
        let example = include_str!("../../data/examples/manifest.csv");
        let example = example
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').nth(1));
        let listed = labelled.chain(example);
        Goods {
            state: seed,
            listed: listed
                .filter(|goods| goods.len() > 8 && !goods.contains('"'))
                .collect(),
            share: USUAL_SHARE,
            script: Script::Mixed,
        }
    }

    /// The same, with so many listed goods in a thousand lines.
    pub fn with_share(mut self, share: u64) -> Goods {
        self.share = share;
        self
    }

    /// The same, in a script.
    pub fn in_script(mut self, script: Script) -> Goods {
        self.script = script;
        self
    }

    /// The next description.
    pub fn description(&mut self) -> String {
        if self.below(1000) < self.share {
            let goods = self.pick_listed();
            return format!("{goods} {} {}", self.below(900) + 1, self.pick(&PACKS));
        }
        let script = match self.script {
            Script::Mixed => match self.below(10) {
                0 => Script::Chinese,
                1 => Script::Cyrillic,
                _ => Script::Ascii,
            },
            script => script,
        };
        match script {
            Script::Chinese => format!("{} {}件", self.pick(&CHINESE), self.below(9000)),
            Script::Cyrillic => format!("{}, {} шт.", self.pick(&RUSSIAN), self.below(9000)),
            _ => {
                let (count, pack) = (self.below(900) + 1, self.pick(&PACKS));
                let mut text = format!(
                    "{count} {pack} {} {}",
                    self.pick(&LOOKS),
                    self.pick(&THINGS)
                );
                if self.below(3) == 0 {
                    let more = (self.pick(&THINGS), self.below(500));
                    let _ = write!(text, ", {} {} PCS", more.0, more.1);
                }
                text
            }
        }
    }

    /// The next line of a manifest with the columns of [`HEADER`].
    pub fn line(&mut self, number: usize) -> String {
        let description = self.description();
        let quote = if description.contains(',') { "\"" } else { "" };
        let hs = 10_000_000 + self.below(80_000_000);
        let (quantity, pack) = (self.below(5000), self.pick(&PACKS));
        let to = self.pick(&PORTS);
        format!("{number},{quote}{description}{quote},{hs},{quantity},{pack},CN,{to}\n")
    }

    /// A manifest of some lines.
    pub fn manifest(&mut self, lines: usize) -> String {
        let mut text = String::from(HEADER);
        for number in 1..=lines {
            text.push_str(&self.line(number));
        }
        text
    }

    fn pick_listed(&mut self) -> &'static str {
        let place = self.below(self.listed.len() as u64);
        self.listed[place as usize]
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len() as u64) as usize]
    }

    /// SplitMix64: small, and enough for goods.
    fn below(&mut self, bound: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// The header of a manifest.
pub const HEADER: &str = "No,Description of goods,HS code,Qty,Unit,Origin,Destination\n";
