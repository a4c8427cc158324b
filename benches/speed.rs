//! How fast each part is: `cargo bench`, or `cargo bench -- read` for one.
//!
//! Throughput is told in lines, or in bytes where lines differ in length. What scales is measured
//! at several sizes: time by line must not grow with the lines, with the terms or with the
//! length, and must grow no faster than the share of hits.
#![allow(missing_docs, reason = "criterion makes what has no docs")]

mod goods;

use std::hint::black_box;
use std::num::NonZeroUsize;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use goods::{Goods, Script};
use tidewaiter::lexicon::Lexicon;
use tidewaiter::manifest::{Manifest, ReadOptions};
use tidewaiter::report::{Format, Header, Options, RenderOptions, ReportWriter};
use tidewaiter::screen::Circumstances;
use tidewaiter::text::Document;
use tidewaiter::{GoodsItem, Ruleset, Screener, list};

const LINES: usize = 2_000;
const SCRIPTS: [(&str, Script); 3] = [
    ("ascii", Script::Ascii),
    ("chinese", Script::Chinese),
    ("cyrillic", Script::Cyrillic),
];

fn rules() -> Ruleset {
    let lists = list::embedded().to_vec();
    Ruleset::compile(lists, Lexicon::embedded()).expect("the embedded lists compile")
}

fn descriptions(goods: &mut Goods, count: usize) -> Vec<String> {
    (0..count).map(|_| goods.description()).collect()
}

fn normalise(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("normalise");
    for (name, script) in SCRIPTS {
        let lines = descriptions(&mut Goods::new(1).with_share(0).in_script(script), LINES);
        group.throughput(Throughput::Bytes(
            lines.iter().map(|line| line.len() as u64).sum(),
        ));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for line in &lines {
                    black_box(Document::new([line.as_str()]));
                }
            });
        });
    }
}

fn candidates(criterion: &mut Criterion) {
    let rules = rules();
    let mut group = criterion.benchmark_group("candidates");
    for (name, script) in SCRIPTS {
        let lines = descriptions(&mut Goods::new(2).with_share(0).in_script(script), LINES);
        let documents: Vec<Document> = lines
            .iter()
            .map(|line| Document::new([line.as_str()]))
            .collect();
        group.throughput(Throughput::Elements(LINES as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for document in &documents {
                    black_box(rules.find(document));
                }
            });
        });
    }
    // A list is measured beside all lists: the time must not follow the number of terms.
    let one = list::embedded().iter().take(1).cloned().collect();
    let one = Ruleset::compile(one, Lexicon::embedded()).expect("it compiles");
    let lines = descriptions(&mut Goods::new(2), LINES);
    let documents: Vec<Document> = lines
        .iter()
        .map(|line| Document::new([line.as_str()]))
        .collect();
    for (name, rules) in [("one list", &one), ("all lists", &rules)] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for document in &documents {
                    black_box(rules.find(document));
                }
            });
        });
    }
}

fn evaluate(criterion: &mut Criterion) {
    let rules = rules();
    let screener = Screener::new(&rules);
    let mut group = criterion.benchmark_group("evaluate");
    group.throughput(Throughput::Elements(LINES as u64));
    for share in [0, 20, 200, 1000] {
        let mut goods = Goods::new(3).with_share(share);
        let items: Vec<GoodsItem> = (0..LINES)
            .map(|_| GoodsItem::new(goods.description()))
            .collect();
        group.bench_function(BenchmarkId::new("listed goods in 1000", share), |bencher| {
            bencher.iter(|| {
                for item in &items {
                    black_box(screener.screen(item));
                }
            });
        });
    }
    let mut goods = Goods::new(4);
    for length in [100, 1_000, 10_000, 100_000] {
        let mut text = String::new();
        while text.len() < length {
            text.push_str(&goods.description());
            text.push_str("; ");
        }
        group.throughput(Throughput::Bytes(text.len() as u64));
        let item = GoodsItem::new(text);
        group.bench_function(BenchmarkId::new("bytes of a line", length), |bencher| {
            bencher.iter(|| black_box(screener.screen(&item)));
        });
    }
}

fn read(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    for lines in [1_000, 10_000, 100_000] {
        let text = Goods::new(5).manifest(lines);
        group.throughput(Throughput::Elements(lines as u64));
        group.bench_function(BenchmarkId::new("csv crate", lines), |bencher| {
            bencher.iter(|| {
                let mut reader = csv::ReaderBuilder::new()
                    .flexible(true)
                    .from_reader(text.as_bytes());
                let mut record = csv::ByteRecord::new();
                while reader.read_byte_record(&mut record).expect("sound") {
                    black_box(record.as_slice());
                }
            });
        });
        group.bench_function(BenchmarkId::new("manifest", lines), |bencher| {
            bencher.iter(|| {
                let options = ReadOptions::default();
                let mut manifest =
                    Manifest::open("m.csv", text.as_bytes(), &options).expect("sound");
                while let Some(record) = manifest.next_record() {
                    black_box(record);
                }
            });
        });
    }
}

fn whole_file(criterion: &mut Criterion) {
    let rules = rules();
    let known = Circumstances::on("2020-01-01".parse().expect("a day"));
    let mut group = criterion.benchmark_group("whole file");
    group.sample_size(10);
    for lines in [1_000, 10_000] {
        let text = Goods::new(6).manifest(lines);
        group.throughput(Throughput::Elements(lines as u64));
        for jobs in [1, 2] {
            let jobs = NonZeroUsize::new(jobs).unwrap_or(NonZeroUsize::MIN);
            group.bench_function(BenchmarkId::new(format!("{jobs} jobs"), lines), |bencher| {
                bencher.iter(|| {
                    let header = Header::new(&rules, &[], &known, Options::default());
                    let options = RenderOptions::new(Format::Jsonl);
                    let writer = ReportWriter::begin(std::io::sink(), options, header);
                    let mut writer = writer.expect("a sink").with_jobs(jobs);
                    let read = ReadOptions::default();
                    let mut manifest =
                        Manifest::open("m.csv", text.as_bytes(), &read).expect("sound");
                    writer
                        .screen("m.csv", &mut manifest, &rules, &known)
                        .expect("a sink");
                    black_box(writer.end().expect("a sink"))
                });
            });
        }
    }
}

criterion_group!(parts, normalise, candidates, evaluate, read, whole_file);
criterion_main!(parts);
