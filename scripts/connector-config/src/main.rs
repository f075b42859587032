//! Reads a connector.toml with the configuration structs of a published runtime.
//!
//!     connector-config 0.4.1|0.5.0 connector.toml
//!
//! Prints what the runtime understood, and the keys that it passed over: the runtimes ignore what
//! they do not know. Keys at the root that it does not know belong to the connector.

use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::json;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [version, file] = arguments.as_slice() else {
        eprintln!("usage: connector-config 0.4.1|0.5.0 connector.toml");
        return ExitCode::FAILURE;
    };
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => return fail(error),
    };
    let outcome = match version.as_str() {
        "0.4.1" => read::<connect_core_0_4::ConnectorConfig>(&text),
        "0.5.0" => read::<connect_core_0_5::ConnectorConfig>(&text),
        other => return fail(format!("unknown version {other}")),
    };
    match outcome {
        Ok(answer) => {
            println!("{answer}");
            ExitCode::SUCCESS
        }
        Err(error) => fail(error),
    }
}

fn fail(reason: impl std::fmt::Display) -> ExitCode {
    eprintln!("{reason}");
    ExitCode::FAILURE
}

fn read<C: DeserializeOwned + Serialize>(text: &str) -> Result<serde_json::Value, String> {
    let mut passed_over = Vec::new();
    let deserializer = toml::Deserializer::new(text);
    let config: C = serde_ignored::deserialize(deserializer, |path| {
        passed_over.push(path.to_string());
    })
    .map_err(|error| error.to_string())?;
    let config = serde_json::to_value(config).map_err(|error| error.to_string())?;
    Ok(json!({ "config": config, "passedOver": passed_over }))
}
