pub(crate) fn run(_options: &super::options::Import) -> Result<String, String> {
    Err("not yet".into())
}
