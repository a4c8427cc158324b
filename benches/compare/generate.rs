//! Writes a manifest to measure with: `generate LINES SEED [SHARE]` on standard output, or
//! `generate LINES SEED --repeat FILE`, the rows of a file over and over.

#[path = "../goods/mod.rs"]
#[allow(dead_code, reason = "the benches use more of it")]
mod goods;

use std::io::{BufWriter, Write};

use goods::{Goods, HEADER, USUAL_SHARE};

#[allow(clippy::disallowed_methods, reason = "a program reads its arguments")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (lines, seed) = match &args[..] {
        [lines, seed, ..] => (lines.parse::<usize>()?, seed.parse()?),
        _ => return Err("usage: generate LINES SEED [SHARE | --repeat FILE]".into()),
    };
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    match &args[2..] {
        [option, file] if option == "--repeat" => {
            let text = std::fs::read_to_string(file)?;
            let (header, rows) = text.split_once('\n').ok_or("the file has no rows")?;
            writeln!(out, "{header}")?;
            let rows: Vec<&str> = rows.lines().collect();
            for number in 0..lines {
                writeln!(out, "{}", rows[number % rows.len()])?;
            }
        }
        rest => {
            let share = rest
                .first()
                .map_or(Ok(USUAL_SHARE), |share| share.parse())?;
            let mut goods = Goods::new(seed).with_share(share);
            out.write_all(HEADER.as_bytes())?;
            for number in 1..=lines {
                out.write_all(goods.line(number).as_bytes())?;
            }
        }
    }
    out.flush()?;
    Ok(())
}
