//! Reads a value into a type by serde, keeping account: which keys nobody asked for,
//! and where the first wrong one is. One deserializer, so that the types need say nothing.

use open311::Value;
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};
use std::{cell::RefCell, fmt};

/// What does not fit: the path to it, as in `contact[0].hours`, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Path from the top of the file; empty at the top itself.
    pub path: String,
    /// What was expected and what was found, in English, for the webmaster.
    pub problem: String,
}

/// Reads `value` as a `T`. Gives it with the paths of keys that `T` does not know.
///
/// # Errors
/// The first key whose value is of the wrong kind.
pub fn read<T: DeserializeOwned>(value: &Value) -> Result<(T, Vec<String>), Misfit> {
    let unknown = RefCell::new(Vec::new());
    let read = T::deserialize(Reader { value, path: Path::Top, unknown: &unknown })?;
    Ok((read, unknown.into_inner()))
}

#[derive(Clone, Copy)]
enum Path<'a> {
    Top,
    Key(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn write(&self) -> String {
        match self {
            Path::Top => String::new(),
            Path::Key(above, key) => {
                let mut path = above.write();
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
                path
            }
            Path::Item(above, index) => {
                let mut path = above.write();
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
                path
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    value: &'a Value,
    path: Path<'a>,
    unknown: &'a RefCell<Vec<String>>,
}

impl<'a> Reader<'a> {
    #[inline(never)]
    fn unexpected(self, expected: &dyn de::Expected) -> Misfit {
        self.at(de::Error::invalid_type(kind(self.value), expected))
    }

    fn at(self, misfit: Misfit) -> Misfit {
        let path = if misfit.path.is_empty() { self.path.write() } else { misfit.path };
        Misfit { path, ..misfit }
    }
}

/// Each kind of value has a method of its own, because serde makes a copy of a method
/// for each type that is read: one method for all kinds would be many times the bytes.
impl<'de, 'a> de::Deserializer<'de> for Reader<'a> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Text(text) => visitor.visit_str(text).map_err(|misfit| self.at(misfit)),
            Value::Map(_) => self.deserialize_map(visitor),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Text(text) => visitor.visit_str(text).map_err(|misfit| self.at(misfit)),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Number(digits) => match digits.parse() {
                Ok(number) => visitor.visit_u64(number).map_err(|misfit| self.at(misfit)),
                Err(_) => Err(self.unexpected(&visitor)),
            },
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Number(digits) => match digits.parse() {
                Ok(number) => visitor.visit_f64(number).map_err(|misfit| self.at(misfit)),
                Err(_) => Err(self.unexpected(&visitor)),
            },
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::List(items) => {
                visitor.visit_seq(Items { reader: self, items, next: 0 }).map_err(|misfit| self.at(misfit))
            }
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Map(entries) => {
                visitor.visit_map(Entries { reader: self, entries, next: 0 }).map_err(|misfit| self.at(misfit))
            }
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Text(text) => {
                visitor.visit_enum(text.as_str().into_deserializer()).map_err(|misfit| self.at(misfit))
            }
            _ => Err(self.unexpected(&visitor)),
        }
    }

    /// A struct is an object; serde would also take a list, field by field.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Map(_) => self.deserialize_map(visitor),
            _ => Err(self.at(de::Error::invalid_type(kind(self.value), &"an object"))),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_string(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.unknown.borrow_mut().push(self.path.write());
        visitor.visit_unit()
    }

    // Kinds that no type of ours asks for.
    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u16 u128 f32 char bytes byte_buf unit unit_struct tuple_struct
    }
}

fn kind(value: &Value) -> de::Unexpected<'_> {
    match value {
        Value::Null => de::Unexpected::Unit,
        Value::Bool(yes) => de::Unexpected::Bool(*yes),
        Value::Number(_) => de::Unexpected::Other("a number"),
        Value::Text(text) => de::Unexpected::Str(text),
        Value::List(_) => de::Unexpected::Seq,
        Value::Map(_) => de::Unexpected::Map,
    }
}

struct Items<'a> {
    reader: Reader<'a>,
    items: &'a [Value],
    next: usize,
}

impl<'de, 'a> de::SeqAccess<'de> for Items<'a> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let Some(value) = self.items.get(self.next) else { return Ok(None) };
        let path = Path::Item(&self.reader.path, self.next);
        self.next += 1;
        let reader = Reader { value, path, unknown: self.reader.unknown };
        seed.deserialize(reader).map(Some).map_err(|misfit| reader.at(misfit))
    }
}

struct Entries<'a> {
    reader: Reader<'a>,
    entries: &'a [(String, Value)],
    next: usize,
}

impl<'de, 'a> de::MapAccess<'de> for Entries<'a> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        let Some((key, _)) = self.entries.get(self.next) else { return Ok(None) };
        seed.deserialize(key.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Misfit> {
        let Some((key, value)) = self.entries.get(self.next) else {
            return Err(de::Error::custom("a value without a key"));
        };
        self.next += 1;
        let reader = Reader { value, path: Path::Key(&self.reader.path, key), unknown: self.reader.unknown };
        seed.deserialize(reader).map_err(|misfit| reader.at(misfit))
    }
}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(problem: T) -> Self {
        Self { path: String::new(), problem: problem.to_string() }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the file" } else { &self.path };
        write!(f, "{path}: {}", self.problem)
    }
}

impl std::error::Error for Misfit {}
