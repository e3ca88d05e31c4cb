//! Prints the JSON Schema of `frontdoor.json`, from the type that reads it.

use frontdoor::config::Config;

fn main() -> Result<(), serde_json::Error> {
    let mut schema = schemars::schema_for!(Config);
    schema.insert("title".into(), "The config of Frontdoor".into());
    // An unknown key is most often a typing mistake: the widget warns of it, and so does an editor.
    schema.insert("additionalProperties".into(), false.into());
    // Which schema it is, a file may say itself.
    if let Some(properties) = schema
        .get_mut("properties")
        .and_then(|value| value.as_object_mut())
    {
        properties.insert("$schema".into(), serde_json::json!({ "type": "string" }));
    }
    println!("{}", serde_json::to_string_pretty(&schema)?);
    Ok(())
}
