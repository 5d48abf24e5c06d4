//! Values that are built up in code: `new` of what must be there, and a setter by value of each of the
//! rest, for structs that may have more fields one day.

/// `built!(Name(required: Type, ...) { kind field: Type = default; ... })`. Without a list of what
/// is required, `new` is the default. The kinds say what a setter takes:
///
/// - `set` a value, `opt` one that may be left out;
/// - `table` keys with values, in place of those that are there;
/// - `list` several texts or dates, `opt_list` several that may be left out;
/// - `each field / method` a key and a value of a table, `within field / method` two keys and a value
///   of a table of tables.
///
/// A type is one word. Every field must be listed: one that is forgotten does not compile.
macro_rules! built {
    ($name:ident($($need:ident: $of:ident),+) {
        $($kind:ident $field:ident $(/ $one:ident)?: $ty:ident $(= $default:expr)?;)*
    }) => {
        impl $name {
            /// What must be there; the rest is as it is where a scenario leaves it out.
            #[must_use]
            pub fn new($($need: built!(@takes $of)),+) -> Self {
                Self {
                    $($need: $need.into(),)+
                    $($field: built!(@default $($default)?),)*
                }
            }

            $(built!(@$kind $name $field $($one)?: $ty);)*
        }
    };
    ($name:ident { $($kind:ident $field:ident $(/ $one:ident)?: $ty:ident;)* }) => {
        impl $name {
            /// As it is where a scenario leaves everything out.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }

            $(built!(@$kind $name $field $($one)?: $ty);)*
        }

        // Every field is listed.
        const _: fn($name) = |$name { $($field: _),* }| ();
    };
    (@default) => { Default::default() };
    (@default $default:expr) => { $default };
    // What has one way to be written is taken as it is, so that a literal or a `parse` has its type.
    (@takes u32) => { u32 };
    (@takes bool) => { bool };
    (@takes Date) => { Date };
    (@takes $ty:ident) => { impl Into<$ty> };
    (@set $name:ident $field:ident: $ty:ident) => {
        #[doc = built!(@about $name $field "Sets")]
        #[must_use]
        pub fn $field(mut self, $field: built!(@takes $ty)) -> Self {
            self.$field = $field.into();
            self
        }
    };
    (@opt $name:ident $field:ident: $ty:ident) => {
        #[doc = built!(@about $name $field "Sets")]
        #[must_use]
        pub fn $field(mut self, $field: built!(@takes $ty)) -> Self {
            self.$field = Some($field.into());
            self
        }
    };
    (@table $name:ident $field:ident: $ty:ident) => {
        #[doc = built!(@about $name $field "Sets all of")]
        #[must_use]
        pub fn $field(
            mut self,
            $field: impl IntoIterator<Item = (impl Into<String>, impl Into<$ty>)>,
        ) -> Self {
            let each = $field.into_iter().map(|(key, value)| (key.into(), value.into()));
            self.$field = each.collect();
            self
        }
    };
    (@list $name:ident $field:ident: $ty:ident) => {
        #[doc = built!(@about $name $field "Sets all of")]
        #[must_use]
        pub fn $field(mut self, $field: impl IntoIterator<Item = impl Into<$ty>>) -> Self {
            self.$field = $field.into_iter().map(Into::into).collect();
            self
        }
    };
    (@opt_list $name:ident $field:ident: $ty:ident) => {
        #[doc = built!(@about $name $field "Sets all of")]
        #[must_use]
        pub fn $field(mut self, $field: impl IntoIterator<Item = impl Into<$ty>>) -> Self {
            self.$field = Some($field.into_iter().map(Into::into).collect());
            self
        }
    };
    (@each $name:ident $field:ident $one:ident: $ty:ident) => {
        #[doc = built!(@about $name $field "Adds one of, or replaces it:")]
        #[must_use]
        pub fn $one(mut self, key: impl Into<String>, value: built!(@takes $ty)) -> Self {
            self.$field.insert(key.into(), value.into());
            self
        }
    };
    (@within $name:ident $field:ident $one:ident: $ty:ident) => {
        #[doc = built!(@about $name $field "Adds one of, or replaces it:")]
        #[must_use]
        pub fn $one(
            mut self,
            outer: impl Into<String>,
            inner: impl Into<String>,
            value: built!(@takes $ty),
        ) -> Self {
            self.$field.entry(outer.into()).or_default().insert(inner.into(), value.into());
            self
        }
    };
    (@about $name:ident $field:ident $does:literal) => {
        concat!(
            $does, " [`", stringify!($field), "`](", stringify!($name), "#structfield.",
            stringify!($field), ")."
        )
    };
}
