use crate::error::Problem;
pub fn check(_t: &toml::Table, _s: &serde_json::Value, _p: &mut Vec<Problem>) {}
