pub(crate) fn run(_options: &super::options::New) -> Result<String, String> {
    Err("not yet".into())
}
