use std::io::Write;
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap();
    let rules = tidewaiter::Ruleset::compile(
        tidewaiter::list::embedded().to_vec(),
        tidewaiter::lexicon::Lexicon::embedded(),
    )?;
    let s = tidewaiter::Screener::new(&rules);
    let mut r = csv::Reader::from_path(path)?;
    let h = r.headers()?.clone();
    let col = |n: &str| h.iter().position(|x| x == n);
    let (l, d, hs, cas) = (col("line_id").unwrap(), col("description").unwrap(), col("hs"), col("cas"));
    let mut out = std::io::BufWriter::new(std::io::stdout());
    for rec in r.records() {
        let rec = rec?;
        let mut item = tidewaiter::GoodsItem::new(&rec[d]);
        if let Some(h) = hs { item = item.with_hs(&rec[h]); }
        if let Some(h) = cas { item = item.with_cas(&rec[h]); }
        let x = s.screen(&item);
        let mut v = serde_json::to_value(&x)?;
        v["line_id"] = rec[l].into();
        v["d"] = rec[d].into();
        writeln!(out, "{v}")?;
    }
    Ok(())
}
