pub(crate) fn run(_options: super::options::Preview) -> Result<String, String> {
    Err("not yet".into())
}
