//! A waiver as it is written into a file.

use super::model::Waiver;
use crate::report::plain;

impl Waiver {
    /// The `[[waiver]]` table, with a comment above it in one line or several.
    ///
    /// ```
    /// use tidewaiter::waiver::Waivers;
    /// let text = r#"
    /// [[waiver]]
    /// list = "l"
    /// entry = "e"
    /// sku = "X \"1\""
    /// reason = "r"
    /// approver = "a"
    /// issued = "2024-01-01"
    /// expires = "2024-12-31"
    /// "#;
    /// let waiver = &Waivers::read("a.toml", text)?.sound()[0].clone();
    /// let written = waiver.to_toml("why\nand how");
    /// assert!(written.starts_with("# why\n# and how\n[[waiver]]\n"));
    /// assert_eq!(Waivers::read("b.toml", &written)?.sound()[0].sku, waiver.sku);
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn to_toml(&self, comment: &str) -> String {
        let mut out = String::new();
        for line in comment.lines() {
            out.push_str(&format!("# {}\n", plain(line)));
        }
        out.push_str("[[waiver]]\n");
        let (issued, expires) = (self.issued.to_string(), self.expires.to_string());
        let destination = self.destination.map(|country| country.to_string());
        for (key, value) in [
            ("list", Some(&self.list)),
            ("entry", Some(&self.entry)),
            ("fingerprint", self.fingerprint.as_ref()),
            ("sku", self.sku.as_ref()),
            ("description", self.description.as_ref()),
            ("consignee", self.consignee.as_ref()),
            ("destination", destination.as_ref()),
            ("reason", Some(&self.reason)),
            ("approver", Some(&self.approver)),
            ("issued", Some(&issued)),
            ("expires", Some(&expires)),
            ("reference", self.reference.as_ref()),
        ] {
            if let Some(value) = value {
                out.push_str(&format!("{key} = {}\n", toml::Value::from(value.as_str())));
            }
        }
        out
    }
}
