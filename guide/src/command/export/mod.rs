pub(crate) fn run(_options: &super::options::Export) -> Result<String, String> {
    Err("not yet".into())
}
