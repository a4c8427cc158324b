//! The program, from outside.

mod encodings;
mod exit_codes;
mod files;
mod help;
mod jobs;
mod lifecycle;
mod lists;
mod messages;
mod own_lists;
mod resume;
mod stored;
mod time;
mod waivers;

use assert_cmd::Command;

/// The program, run in the project's folder so that messages name relative paths.
fn tidewaiter(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidewaiter"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args);
    command
}

fn settings(folder: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("{}/snapshots/{folder}", env!("CARGO_MANIFEST_DIR")));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}
