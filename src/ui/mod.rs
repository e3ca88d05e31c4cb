//! The small accessible components that every view is made of. Each takes plain values and callbacks; none knows
//! a journey. `cargo xtask gallery` shows all of them in all their states.

mod button;
mod contact;
mod error_message;
mod error_summary;
mod finder;
mod icon;
mod layout;
mod lazy_view;
mod link;
pub mod map;
mod radio_group;
mod saved_notice;
mod search_box;
mod service_promise;
mod text;
mod text_field;

pub use button::{button, secondary_button, toggle_button};
pub use contact::{contact_block, contact_point, opening_status};
pub use error_message::{error_text, load_error, loading, message, phone_line};
pub use error_summary::{FieldError, error_summary, focus_error_summary, summary_of};
pub use finder::{Finder, Offer, finder, offer_row};
pub use guide::safe_address;
pub use icon::{Icon, icon};
pub use layout::{reactive, reactive_if_changed, reactive_if_different, row};
pub use lazy_view::lazy_view;
pub use link::{call_address, call_link, link, link_with};
pub use radio_group::{RadioGroup, radio_group};
pub use saved_notice::saved_notice;
pub use search_box::search_box;
pub use service_promise::{promise_lines, service_promise};
pub use text::{
    heading, hidden, message_heading, optional_paragraph, paragraph, status_line, title,
};
pub use text_field::{
    ErrorText, TextField, describe_input, field, field_ids, form_group, hint_and_error, no_error,
    text_field,
};
