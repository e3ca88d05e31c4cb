//! Prints the JSON Schema of `frontdoor.json`, generated from the types that read it.

fn main() {
    println!("{}", frontdoor_core::config::schema());
}
