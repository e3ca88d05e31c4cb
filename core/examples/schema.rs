//! Prints the JSON Schema of `frontdoor.json`, from the type that reads it.

fn main() {
    println!("{}", frontdoor_core::config::schema());
}
