//! Says messages in a language.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use super::value::LONGEST;
use super::{Language, Value};

type Messages = FluentBundle<FluentResource>;

// Marks of Unicode around what shows its direction itself.
const ITS_OWN: char = '\u{2068}';
const END: char = '\u{2069}';
// A mark that goes from left to right itself.
const LEFT: char = '\u{200e}';

/// The messages of a language, ready to be said.
#[derive(Clone, Copy)]
pub(crate) struct Speech {
    language: Language,
    messages: &'static Messages,
}

/// A message with its values: `say!(speech, "key", name = value, ...)`.
macro_rules! say {
    ($speech:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $speech.say($key, vec![$((stringify!($name), crate::languages::Value::from($value))),*])
    };
}
pub(crate) use say;

/// Of a description, of warnings, and of the explorer.
macro_rules! files {
    ($code:literal) => {
        [
            include_str!(concat!("messages/", $code, ".ftl")),
            include_str!(concat!("messages/", $code, "-warnings.ftl")),
            include_str!(concat!("messages/", $code, "-explorer.ftl")),
        ]
    };
}

impl Language {
    /// What says messages in it.
    pub(crate) fn speech(self) -> Speech {
        static ENGLISH: LazyLock<Messages> = LazyLock::new(|| read(Language::English));
        static FRENCH: LazyLock<Messages> = LazyLock::new(|| read(Language::French));
        static ARABIC: LazyLock<Messages> = LazyLock::new(|| read(Language::Arabic));
        let messages = match self {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
            Language::Arabic => &ARABIC,
        };
        Speech { language: self, messages }
    }

    /// The files of its messages.
    fn sources(self) -> [&'static str; 3] {
        match self {
            Language::English => files!("en"),
            Language::French => files!("fr"),
            Language::Arabic => files!("ar"),
        }
    }
}

fn read(language: Language) -> Messages {
    let locale = language.as_str().parse().expect("the code of a language");
    let mut messages = Messages::new_concurrent(vec![locale]);
    messages.set_use_isolating(language.is_from_the_right());
    messages.set_formatter(Some(match language {
        Language::English => |value, _| Language::English.written(value),
        Language::French => |value, _| Language::French.written(value),
        Language::Arabic => |value, _| Language::Arabic.written(value),
    }));
    for source in language.sources() {
        let source = FluentResource::try_new(source.to_owned());
        let source = source.unwrap_or_else(|(_, wrong)| panic!("{language}: {wrong:?}"));
        if let Err(twice) = messages.add_resource(source) {
            panic!("{language}: {twice:?}");
        }
    }
    messages
}

impl Speech {
    /// The language that is spoken.
    pub(crate) fn language(self) -> Language {
        self.language
    }

    /// The message of a key with its values; `say!` writes it shorter.
    pub(crate) fn say(self, key: &str, values: Vec<(&'static str, Value)>) -> String {
        let pattern = self.messages.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else { panic!("there is no `{key}` in {}", self.language) };
        let values = values.into_iter().map(|(name, value)| (name, self.directed(value)));
        let values: FluentArgs = values.collect();
        let mut wrong = Vec::new();
        let said = self.messages.format_pattern(pattern, Some(&values), &mut wrong);
        assert!(wrong.is_empty(), "`{key}` in {}: {wrong:?}", self.language);
        said.into_owned()
    }

    /// Items one after the other, each with a direction of its own.
    pub(crate) fn joined<T: ToString>(
        self,
        items: impl IntoIterator<Item = T>,
        between: &str,
    ) -> String {
        let each = items.into_iter().map(|item| self.apart(item.to_string()));
        each.collect::<Vec<String>>().join(between)
    }

    /// Items one after the other, parted by commas.
    pub(crate) fn list<T: ToString>(self, items: impl IntoIterator<Item = T>) -> String {
        self.joined(items, &say!(self, "list-comma"))
    }

    /// Items of which there is one or the other.
    pub(crate) fn either<T: ToString>(self, items: impl IntoIterator<Item = T>) -> String {
        self.joined(items, &say!(self, "list-or"))
    }

    /// Items that belong together.
    pub(crate) fn both<T: ToString>(self, items: impl IntoIterator<Item = T>) -> String {
        self.joined(items, &say!(self, "list-and"))
    }

    /// Statements one after the other, parted by semicolons.
    pub(crate) fn statements<T: ToString>(self, items: impl IntoIterator<Item = T>) -> String {
        self.joined(items, &say!(self, "list-semicolon"))
    }

    /// A value; where the language goes from right to left, a minus stays on the left of its number.
    fn directed(self, value: Value) -> Value {
        if let Value::Fixed(number, digits) = value {
            let short = number.is_finite() && value.to_string().len() <= LONGEST;
            return if short { value } else { Value::Text(self.fixed(number, digits)) };
        }
        let text = value.to_string();
        let minus = self.language.is_from_the_right() && text.starts_with('-');
        if minus { Value::Text(format!("{LEFT}{text}")) } else { value }
    }

    /// A text that has a direction of its own, where the language goes from right to left.
    pub(crate) fn apart(self, text: String) -> String {
        if self.language.is_from_the_right() {
            format!("{ITS_OWN}{}{END}", self.directed(Value::Text(text)))
        } else {
            text
        }
    }

    /// A number with so many digits behind the point.
    pub(crate) fn fixed(self, value: f64, digits: usize) -> String {
        self.language.fixed(value, digits)
    }

    /// A value that stands by itself.
    pub(crate) fn written(self, value: Value) -> String {
        match value {
            Value::Fixed(number, digits) => self.fixed(number, digits),
            other => other.to_string(),
        }
    }

    /// A number that is written as English writes it, with the signs of the language.
    pub(crate) fn signed(self, text: &str) -> String {
        self.language.signed(text)
    }
}
