//! The ranking by meaning: what a sentence is about, and which services and guides that is.
//!
//! An item scores by the words that it shares with the text (rare words count most), by concepts that link both, and by
//! the words that residents of the city use for it. All scores are whole numbers, and ties keep the order of the list, so
//! that every browser shows the same. What a word contributes is kept, so that a keystroke looks up one word.

use super::city_words::CityWords;
use super::concepts::{Concept, EMERGENCY, OTHER, Pattern, Table, Term};
use super::letters::folded;
use super::plain::{Entry, Synonyms, find, find_beginnings};
use super::words::{is_slip, spelling, stem, words};

/// Words of a text that are looked at; what follows is rarely about something else. Sensible: 40 to 200.
const MAX_WORDS: usize = 80;
/// Words whose contribution is kept. Sensible: a few times [`MAX_WORDS`].
const MAX_KEPT: usize = 300;
/// Results of a ranking. Sensible: what a list may show, 20 to 100.
const MAX_HITS: usize = 50;
/// Typed words that are given as the reason of a result. Sensible: 2 to 5.
const MAX_REASONS: usize = 4;
/// Buckets of the vocabulary, a power of two.
const BUCKETS: usize = 1024;

/// What an exact match counts; other matches are a fraction of it.
const WHOLE: u32 = 16;
/// What a word that stands in texts about anything counts.
const COMMON: u32 = 4;
/// A part of a compound.
const PART: u32 = 9;
/// The beginning of a word, while it is still being typed.
const BEGINNING: u32 = 10;
/// A misspelt word.
const SLIP: u32 = 9;

/// Evidence for a concept: a word, several words together, and a weak entry.
const STRONG: u32 = 16;
const TOGETHER: u32 = 36;
const WEAK: u32 = 5;
/// The links of a concept to an item: by the name or by the other texts, and the weak ones.
const LINK_NAME: u32 = 16;
const LINK_REST: u32 = 7;
const LINK_WEAK_NAME: u32 = 6;
const LINK_WEAK_REST: u32 = 2;
/// A link by the name is stronger by up to this part, the more of the name it explains.
const COVERED: u32 = 1;
/// How much a shared word counts against a concept, in the name and in the other texts.
const SHARED_NAME: u32 = 26;
const SHARED_REST: u32 = 3;
/// What an item for everything else scores without any evidence: less than one strong word.
const BASE_OTHER: u32 = 230;
/// What a binary order of magnitude of the city's own counts weighs.
const CITY: i32 = 16;
/// What a binary order of magnitude is worth to a word of the city that is used for a service as for all others.
const NEUTRAL: i32 = 16;
/// Requests with a word that count as half of what many do.
const FEW: u32 = 3;
/// What the most requested item gains; the next ones gain a little less each.
const POPULAR: u32 = 40;

/// From this score on, a result is worth showing.
const FITS: u32 = 90;

/// Everything that can be found, prepared for ranking.
#[derive(Default)]
pub struct Meaning {
    entries: Vec<Entry>,
    synonyms: Synonyms,
    vocabulary: Vocabulary,
    stop: Vec<String>,
    common: Vec<String>,
    text_terms: Vec<TextTerm>,
    /// For each concept the items that it links to, with the strength of the link.
    links: Vec<Vec<(u32, u32)>>,
    emergency: Option<usize>,
    /// Items for whatever fits nowhere else.
    others: Vec<u32>,
    city_services: Vec<CityService>,
    city_requests: u32,
    kept: Vec<(String, Contribution)>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The indexes of the items that fit, the best first.
    pub items: Vec<usize>,
    /// True if the text is about danger.
    pub is_emergency: bool,
}

/// An item and its score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    /// The index of the item.
    pub index: usize,
    /// Higher is better; only comparable within one ranking.
    pub score: u32,
}

/// An entry of a concept for texts.
struct TextTerm {
    concept: u16,
    words: u8,
    is_weak: bool,
}

/// A service of `words.json`: its item, and its requests.
struct CityService {
    item: Option<usize>,
    requests: u32,
}

/// A word that is known from the items, the tables or the city.
#[derive(Default)]
struct Known {
    stem: String,
    /// Items that contain it, and whether in the name.
    items: Vec<(u32, bool)>,
    /// Entries that contain it, and the place in the entry.
    terms: Vec<(u16, u8)>,
    /// The requests that contain it, and those of each service, by its index.
    city: Option<(u32, Vec<(u32, u32)>)>,
}

#[derive(Default)]
struct Vocabulary {
    words: Vec<Known>,
    buckets: Vec<Vec<u32>>,
    /// Patterns that match parts of words.
    parts: Vec<(Pattern, u16, u8)>,
}

/// What one typed word contributes.
#[derive(Default)]
struct Contribution {
    items: Vec<(u32, u32)>,
    concepts: Vec<(u16, u32)>,
    /// Entries of several words: the entry, the place in it, the quality of the match.
    together: Vec<(u16, u8, u32)>,
    city: Vec<(u32, i32)>,
    /// It or its stem is known as it is, or means nothing.
    is_known: bool,
    is_stop: bool,
}

/// The word of an entry of several words that stands in a text.
struct Place {
    term: u16,
    place: u8,
    position: usize,
    quality: u32,
}

impl Vocabulary {
    fn index(&self, stem: &str) -> Option<u32> {
        let bucket = self.buckets.get(bucket(stem))?;
        let is_same = |index: &&u32| {
            let word = self.words.get(**index as usize);
            word.is_some_and(|word| word.stem == stem)
        };
        bucket.iter().find(is_same).copied()
    }

    fn find(&self, stem: &str) -> Option<&Known> {
        self.words.get(self.index(stem)? as usize)
    }

    fn entry(&mut self, stem: &str) -> Option<&mut Known> {
        let index = match self.index(stem) {
            Some(index) => index,
            None => {
                let index = self.words.len() as u32;
                self.words.push(Known {
                    stem: String::from(stem),
                    ..Known::default()
                });
                while self.buckets.len() < BUCKETS {
                    self.buckets.push(Vec::new());
                }
                self.buckets.get_mut(bucket(stem))?.push(index);
                index
            }
        };
        self.words.get_mut(index as usize)
    }
}

/// Words with the same two first letters are in the same bucket.
fn bucket(stem: &str) -> usize {
    let mut bytes = stem.bytes().map(usize::from);
    let first = bytes.next().unwrap_or_default();
    let second = bytes.next().unwrap_or_default();
    (first * 32 + second) % BUCKETS
}

impl Meaning {
    /// Prepares the items. `tables` are those of the languages that residents or the city's lists may use; `codes`
    /// are the codes of the items, in their order, by which `city` names services.
    pub fn new(
        entries: Vec<Entry>,
        codes: &[&str],
        synonyms: Synonyms,
        tables: &[Table],
        city: &CityWords,
    ) -> Self {
        let mut meaning = Self::default();
        for table in tables {
            meaning.stop.extend(table.stop.iter().cloned());
            meaning.common.extend(table.common.iter().cloned());
        }
        for (index, entry) in entries.iter().enumerate() {
            meaning.add_words(index as u32, entry.title(), true);
            meaning.add_words(index as u32, entry.rest(), false);
        }
        let own = Table::of_synonyms(synonyms.lists());
        meaning.add_concepts(&entries, tables.iter().chain([&own]));
        meaning.add_city(codes, city);
        meaning.entries = entries;
        meaning.synonyms = synonyms;
        meaning
    }

    fn add_words(&mut self, item: u32, text: &str, is_name: bool) {
        for word in words(text) {
            if self.stop.contains(&spelling(word)) {
                continue;
            }
            let stem = stem(word);
            if let Some(known) = self.vocabulary.entry(&stem)
                // The name comes first, and counts more.
                && known.items.last().is_none_or(|(last, _)| *last != item)
            {
                known.items.push((item, is_name));
            }
        }
    }

    fn add_concepts<'a>(&mut self, entries: &[Entry], tables: impl Iterator<Item = &'a Table>) {
        let mut names: Vec<&str> = Vec::new();
        let mut service: Vec<Vec<&Term>> = Vec::new();
        for concept in tables.flat_map(|table| &table.concepts) {
            let is_same = |name: &&str| !name.is_empty() && *name == concept.name;
            let at = names.iter().position(is_same).unwrap_or(names.len());
            if at == names.len() {
                names.push(&concept.name);
                service.push(Vec::new());
            }
            if let Some(terms) = service.get_mut(at) {
                terms.extend(&concept.service);
            }
            self.add_text_terms(at as u16, concept);
        }
        let forms = |word| (spelling(word), stem(word));
        let forms_of = |text| words(text).map(forms).collect();
        let mut items: Vec<[Forms; 2]> = Vec::new();
        for entry in entries {
            items.push([forms_of(entry.title()), forms_of(entry.rest())]);
        }
        for (name, terms) in names.iter().zip(&service) {
            let links = self.links_of(terms, &items);
            if *name == OTHER {
                let named = links.iter().filter(|(_, link)| *link >= LINK_NAME);
                self.others.extend(named.map(|(item, _)| *item));
            }
            if *name == EMERGENCY {
                self.emergency = Some(self.links.len());
            }
            self.links.push(links);
        }
    }

    /// The items that the entries of a concept link to, in their order.
    fn links_of(&self, terms: &[&Term], items: &[[Forms; 2]]) -> Vec<(u32, u32)> {
        let mut links = Vec::new();
        for (index, [name, rest]) in items.iter().enumerate() {
            let link = |term: &&Term| {
                let (in_name, in_rest) = if term.is_weak {
                    (LINK_WEAK_NAME, LINK_WEAK_REST)
                } else {
                    (LINK_NAME, LINK_REST)
                };
                let meaning = name
                    .iter()
                    .filter(|(spelling, _)| !self.stop.contains(spelling));
                let words = meaning.count().max(1) as u32;
                match words_in(term, name) {
                    // A name that says nothing else fits best.
                    Some(said) => in_name * (COVERED * words + said.min(words)) / (COVERED * words),
                    None if words_in(term, rest).is_some() => in_rest,
                    None => 0,
                }
            };
            let best = terms.iter().map(link).max().unwrap_or_default();
            if best > 0 {
                links.push((index as u32, best));
            }
        }
        links
    }

    fn add_text_terms(&mut self, concept: u16, from: &Concept) {
        for term in &from.text {
            let index = self.text_terms.len() as u16;
            self.text_terms.push(TextTerm {
                concept,
                words: term.words.len() as u8,
                is_weak: term.is_weak,
            });
            for (place, pattern) in term.words.iter().enumerate() {
                let place = place as u8;
                if pattern.is_part() {
                    self.vocabulary.parts.push((pattern.clone(), index, place));
                } else if let Some(known) = self.vocabulary.entry(&pattern.text) {
                    known.terms.push((index, place));
                }
            }
        }
    }

    fn add_city(&mut self, codes: &[&str], city: &CityWords) {
        for (code, requests) in &city.services {
            self.city_requests = self.city_requests.saturating_add(*requests);
            self.city_services.push(CityService {
                item: codes.iter().position(|known| known == code),
                requests: *requests,
            });
        }
        for word in &city.words {
            if let Some(known) = self.vocabulary.entry(&stem(&word.word)) {
                known.city = Some((word.requests, word.services.clone()));
            }
        }
    }

    /// What fits a text: first the items in which all words are found, then by meaning, then, if that is nothing, the
    /// items in which all words are found inside of words or misspelt.
    pub fn search(&mut self, text: &str) -> Found {
        let mut items =
            self.names_first(find_beginnings(&self.entries, &self.synonyms, text), text);
        let (scores, is_emergency) = self.scores(text);
        for hit in best_first(&scores) {
            if hit.score >= FITS && !items.contains(&hit.index) {
                items.push(hit.index);
            }
        }
        if items.iter().all(|item| self.is_other(*item)) && !self.is_all_known(text) {
            let mut found = find(&self.entries, &self.synonyms, text);
            found.retain(|item| !items.contains(item));
            found.append(&mut items);
            items = found;
        }
        Found {
            items,
            is_emergency,
        }
    }

    /// Moves the items whose name is the text, and then those whose name begins with it, to the front.
    fn names_first(&self, items: Vec<usize>, text: &str) -> Vec<usize> {
        let text = folded(text);
        let (mut same, mut begun, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for item in items {
            let title = self.entries.get(item).map(Entry::title).unwrap_or_default();
            if words(title).eq(words(&text)) {
                same.push(item);
            } else if title.trim_start().starts_with(&text) {
                begun.push(item);
            } else {
                others.push(item);
            }
        }
        same.append(&mut begun);
        same.append(&mut others);
        same
    }

    /// The items with a score, the best first; among equals in the order of the list.
    pub fn rank(&mut self, text: &str) -> Vec<Hit> {
        best_first(&self.scores(text).0)
    }

    /// The words of the text because of which an item was found, folded, in their order.
    pub fn reasons(&self, item: usize, text: &str) -> Vec<String> {
        let folded = folded(text);
        let mut weighed: Vec<(&str, u32)> = Vec::new();
        for word in words(&folded).take(MAX_WORDS) {
            let weight = self.weight(word, item as u32);
            if weight > 0 && !weighed.iter().any(|(known, _)| *known == word) {
                weighed.push((word, weight));
            }
        }
        let best = weighed.iter().map(|(_, weight)| *weight).max();
        let best = best.unwrap_or_default();
        weighed.retain(|(_, weight)| weight * 4 >= best);
        let most = weighed.into_iter().take(MAX_REASONS);
        most.map(|(word, _)| String::from(word)).collect()
    }

    /// What a word of a text that was ranked contributes to an item.
    fn weight(&self, word: &str, item: u32) -> u32 {
        let Some(contribution) = self.contribution(word) else {
            return 0;
        };
        let own = contribution.items.iter().find(|(known, _)| *known == item);
        let mut weight = own.map(|(_, score)| *score).unwrap_or_default();
        let link = |concept: u16| {
            let links = self.links.get(usize::from(concept)).into_iter().flatten();
            let mut own = links.filter(|(known, _)| *known == item);
            own.next().map(|(_, link)| *link).unwrap_or_default()
        };
        for (concept, value) in &contribution.concepts {
            weight += value * link(*concept);
        }
        for (term, _, quality) in &contribution.together {
            if let Some(term) = self.text_terms.get(usize::from(*term)) {
                weight += quality * link(term.concept) / 4;
            }
        }
        weight
    }

    fn is_other(&self, item: usize) -> bool {
        self.others.contains(&(item as u32))
    }

    fn is_all_known(&self, text: &str) -> bool {
        let folded = folded(text);
        words(&folded)
            .take(MAX_WORDS)
            .all(|word| self.contribution(word).is_some_and(|found| found.is_known))
    }

    /// The score of each item, and whether the text is about danger.
    fn scores(&mut self, text: &str) -> (Vec<u32>, bool) {
        let folded = folded(text);
        self.keep(&folded);
        let mut scores = vec![0_u32; self.entries.len()];
        let mut evidence = vec![0_u32; self.links.len()];
        let mut city = vec![0_i32; self.city_services.len()];
        let mut together = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        let mut position = 0;
        for word in words(&folded).take(MAX_WORDS) {
            let Some(contribution) = self.contribution(word) else {
                continue;
            };
            // Words without a meaning make no distance.
            position += usize::from(!contribution.is_stop);
            for (term, place, quality) in &contribution.together {
                together.push(Place {
                    term: *term,
                    place: *place,
                    position,
                    quality: *quality,
                });
            }
            if seen.contains(&word) {
                continue;
            }
            seen.push(word);
            for (item, score) in &contribution.items {
                add_to(&mut scores, *item as usize, *score);
            }
            for (concept, value) in &contribution.concepts {
                add_to(&mut evidence, usize::from(*concept), *value);
            }
            for (service, value) in &contribution.city {
                if let Some(sum) = city.get_mut(*service as usize) {
                    *sum += value;
                }
            }
        }
        self.add_together(&together, &mut evidence);
        for (links, evidence) in self.links.iter().zip(&evidence) {
            if *evidence > 0 {
                for (item, link) in links {
                    add_to(&mut scores, *item as usize, evidence * link);
                }
            }
        }
        let most = self.city_services.iter().map(|service| service.requests);
        let most = log(most.max().unwrap_or_default()) as i32;
        for (service, value) in self.city_services.iter().zip(&city) {
            // A service that is asked for rarely needs more evidence.
            let value = (value + log(service.requests) as i32 - most) * CITY;
            if let Some(item) = service.item {
                add_to(&mut scores, item, value.max(0) as u32);
            }
        }
        for (score, entry) in scores.iter_mut().zip(&self.entries) {
            if let (Some(rank), true) = (entry.popularity(), *score > 0) {
                *score += POPULAR.saturating_sub(rank as u32);
            }
        }
        for item in &self.others {
            add_to(&mut scores, *item as usize, BASE_OTHER);
        }
        let danger = self.emergency.and_then(|index| evidence.get(index));
        (scores, danger.is_some_and(|evidence| *evidence >= STRONG))
    }

    /// Adds the evidence of entries of several words that stand close together.
    fn add_together(&self, found: &[Place], evidence: &mut [u32]) {
        let mut seen = Vec::new();
        for first in found.iter().filter(|found| found.place == 0) {
            let Some(entry) = self.text_terms.get(usize::from(first.term)) else {
                continue;
            };
            let is_close = |place: u8| {
                found.iter().any(|other| {
                    other.term == first.term
                        && other.place == place
                        && other.position.abs_diff(first.position) <= usize::from(entry.words) + 1
                })
            };
            if !seen.contains(&first.term) && (1..entry.words).all(is_close) {
                seen.push(first.term);
                let value = if entry.is_weak { WEAK * 2 } else { TOGETHER };
                let concept = usize::from(entry.concept);
                add_to(evidence, concept, value * first.quality / WHOLE);
            }
        }
    }

    fn contribution(&self, word: &str) -> Option<&Contribution> {
        let kept = self.kept.iter().find(|(kept, _)| kept == word);
        kept.map(|(_, contribution)| contribution)
    }

    /// Looks up the words of a text that have not been.
    fn keep(&mut self, folded: &str) {
        if self.kept.len() > MAX_KEPT {
            self.kept.clear();
        }
        for word in words(folded).take(MAX_WORDS) {
            if self.contribution(word).is_none() {
                let found = self.look_up(word);
                self.kept.push((String::from(word), found));
            }
        }
    }

    fn look_up(&self, word: &str) -> Contribution {
        let (spelling, stem) = (spelling(word), stem(word));
        let mut found = Contribution::default();
        let mut scores = vec![0; self.entries.len()];
        let known = self.vocabulary.find(&stem);
        if let Some(known) = known {
            self.add_terms(known, WHOLE, &mut found);
        }
        for (pattern, term, place) in &self.vocabulary.parts {
            if pattern.matches(&spelling, &stem) {
                self.add_term(*term, *place, WHOLE, &mut found);
            }
        }
        found.is_known = known.is_some() || !found.concepts.is_empty();
        if self.stop.contains(&spelling) {
            found.is_known = true;
            found.is_stop = true;
        } else {
            let is_common = self.common.contains(&stem);
            let scale = if is_common { COMMON } else { WHOLE };
            if let Some(known) = known {
                self.add_items(known, scale, &mut scores);
                self.add_city_word(known, scale, &mut found);
            }
            self.add_compounds(&stem, scale, &mut scores);
            if !found.is_known {
                self.add_similar(&stem, &spelling, &mut scores, &mut found);
            }
        }
        for (item, score) in scores.into_iter().enumerate() {
            if score > 0 {
                found.items.push((item as u32, score));
            }
        }
        // A word that many concepts share says little about each.
        let strong = found.concepts.iter().filter(|(_, value)| *value > WEAK);
        let shared = 16 + 5 * (strong.count() as u32).saturating_sub(1);
        for (_, value) in &mut found.concepts {
            *value = *value * 16 / shared;
        }
        found
    }

    fn add_items(&self, known: &Known, quality: u32, scores: &mut [u32]) {
        let all = self.entries.len() as u32;
        let rarity = log(all * 2 / (known.items.len() as u32).max(1));
        for (item, is_name) in &known.items {
            let weight = if *is_name { SHARED_NAME } else { SHARED_REST };
            if let Some(score) = scores.get_mut(*item as usize) {
                *score = (rarity * weight * quality / WHOLE / 4).max(*score);
            }
        }
    }

    fn add_terms(&self, known: &Known, quality: u32, found: &mut Contribution) {
        for (term, place) in &known.terms {
            self.add_term(*term, *place, quality, found);
        }
    }

    fn add_term(&self, term: u16, place: u8, quality: u32, found: &mut Contribution) {
        let Some(entry) = self.text_terms.get(usize::from(term)) else {
            return;
        };
        if entry.words > 1 {
            found.together.push((term, place, quality));
            return;
        }
        let value = if entry.is_weak { WEAK } else { STRONG } * quality / WHOLE;
        let mut concepts = found.concepts.iter_mut();
        match concepts.find(|(concept, _)| *concept == entry.concept) {
            Some((_, known)) => *known = value.max(*known),
            None => found.concepts.push((entry.concept, value)),
        }
    }

    /// How much more often than others the city's residents use the word for each service.
    fn add_city_word(&self, known: &Known, quality: u32, found: &mut Contribution) {
        let Some((requests, services)) = &known.city else {
            return;
        };
        for (service, together) in services {
            let Some(all) = self.city_services.get(*service as usize) else {
                continue;
            };
            let product = u64::from(*requests) * u64::from(all.requests) * 16;
            let expected = product / u64::from(self.city_requests.max(1));
            let expected = u32::try_from(expected).unwrap_or(u32::MAX).max(1);
            let lift = log(together.saturating_mul(16)) as i32 - log(expected) as i32;
            let value = (lift + NEUTRAL) * quality as i32 / WHOLE as i32;
            // Few requests say little, and may be chance.
            let trust = requests * 16 / (requests + FEW);
            let value = value * trust as i32 / 16;
            found.city.push((*service, value));
        }
    }

    /// Words of items that begin or end with the word, or the other way around.
    fn add_compounds(&self, stem: &str, scale: u32, scores: &mut [u32]) {
        if stem.len() < 5 {
            return;
        }
        for known in &self.vocabulary.words {
            let other = known.stem.as_str();
            let is_other = other.len() > 4 && other != stem && !known.items.is_empty();
            if is_other && (is_part(stem, other) || is_part(other, stem)) {
                self.add_items(known, PART * scale / WHOLE, scores);
            }
        }
    }

    /// Words that the word begins, or that it is a slip of.
    fn add_similar(
        &self,
        stem: &str,
        spelling: &str,
        scores: &mut [u32],
        found: &mut Contribution,
    ) {
        let bucket = self.vocabulary.buckets.get(bucket(stem));
        for index in bucket.into_iter().flatten() {
            let Some(known) = self.vocabulary.words.get(*index as usize) else {
                continue;
            };
            let quality = if spelling.len() > 3 && known.stem.starts_with(spelling) {
                BEGINNING
            } else if is_slip(&known.stem, stem) {
                SLIP
            } else {
                continue;
            };
            self.add_items(known, quality, scores);
            self.add_terms(known, quality, found);
            self.add_city_word(known, quality, found);
        }
    }
}

fn add_to(sums: &mut [u32], index: usize, value: u32) {
    if let Some(sum) = sums.get_mut(index) {
        *sum = sum.saturating_add(value);
    }
}

fn is_part(short: &str, long: &str) -> bool {
    long.starts_with(short) || long.ends_with(short)
}

/// The indexes with the highest scores, the best first. A list that stays short is sorted with less code than a sort.
fn best_first(scores: &[u32]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for (index, score) in scores.iter().enumerate() {
        let score = *score;
        let is_worse = |hit: &Hit| hit.score < score;
        let is_full = hits.len() >= MAX_HITS;
        if score == 0 || (is_full && !hits.last().is_some_and(is_worse)) {
            continue;
        }
        let at = hits.iter().position(is_worse).unwrap_or(hits.len());
        hits.insert(at, Hit { index, score });
        hits.truncate(MAX_HITS);
    }
    hits
}

/// The words of a text: their spellings and stems.
type Forms = Vec<(String, String)>;

/// How many words of a text fit an entry; `None` if one of the entry's words is missing.
fn words_in(term: &Term, text: &Forms) -> Option<u32> {
    let fits = |pattern: &Pattern| {
        let fitting = text
            .iter()
            .filter(|(spelling, stem)| pattern.matches(spelling, stem));
        fitting.count() as u32
    };
    let mut said = 0;
    for pattern in &term.words {
        let count = fits(pattern);
        if count == 0 {
            return None;
        }
        said += count;
    }
    Some(said)
}

/// The binary logarithm in sixteenths, straight between powers of two; 0 for 0.
fn log(number: u32) -> u32 {
    let Some(whole) = number.checked_ilog2() else {
        return 0;
    };
    let part = (u64::from(number) * 16) >> whole;
    whole * 16 + (part as u32).saturating_sub(16)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "stop: a, the, in, my, i, is, of\ncommon: street, house\n\
        pothole: pothole, ~road | pothole, hole street, crater\n\
        bulky: bulky | sofa, couch, mattress\n\
        dog: dog | dog, puppy\n\
        rats: rats, vermin | rat, mice\n\
        emergency: emergency | gas smell, flames\n\
        other: other | \n";

    fn riverton(city: &CityWords) -> Meaning {
        let entries = [
            ("Street light out", "A lamp is dark"),
            ("Pothole", "A hole in the road"),
            ("Bulky item pickup", "Furniture"),
            ("Dog license", "Register your dog"),
            ("Sidewalk repair", "Decorations and slabs"),
            ("Other request", ""),
        ];
        let codes = ["light", "pothole", "bulky", "dog", "sidewalk", "other"];
        let entries = entries.map(|(name, rest)| Entry::new(name, [rest]));
        let synonyms = json::parse(r#"{"en": [["lantern", "lamp"]]}"#).unwrap();
        Meaning::new(
            entries.to_vec(),
            &codes,
            Synonyms::read(&synonyms, "en"),
            &[Table::read(TABLE)],
            city,
        )
    }

    #[test]
    fn a_sentence_finds_the_service_that_it_is_about() {
        let mut search = riverton(&CityWords::default());
        for (text, first) in [
            ("someone left a couch in my street", 2),
            ("There is a big hole in the middle of the street", 1),
            ("craters everywhere", 1),
            ("i have a new puppy", 3),
            ("the lantern in my street is dark", 0),
            ("mattres and sofas", 2),
            ("sidewalk", 4),
            ("Pothole", 1),
        ] {
            let found = search.search(text);
            assert_eq!(found.items.first(), Some(&first), "{text}: {found:?}");
            assert!(!found.is_emergency);
        }
    }

    #[test]
    fn what_fits_nowhere_finds_the_service_for_everything_else() {
        let mut search = riverton(&CityWords::default());
        for text in [
            "qwxz",
            "the of a",
            "🙂🙂",
            "мусор на улице",
            &"x".repeat(10_000),
        ] {
            assert_eq!(search.search(text).items, [5], "{text}");
        }
    }

    #[test]
    fn a_known_word_is_no_misspelt_other_one() {
        // “rat” stands inside “decorations”.
        assert_eq!(riverton(&CityWords::default()).search("rat").items, [5]);
        assert_eq!(
            riverton(&CityWords::default()).search("corati").items,
            [4, 5]
        );
    }

    #[test]
    fn danger_is_recognized_among_other_words() {
        let mut search = riverton(&CityWords::default());
        assert!(
            search.search("i smell gas in my house").is_emergency
                == search.search("gas smell in my house").is_emergency
        );
        assert!(search.search("flames!").is_emergency);
        assert!(!search.search("my gas bill").is_emergency);
    }

    #[test]
    fn a_result_names_the_words_it_was_found_by() {
        let mut search = riverton(&CityWords::default());
        let text = "someone left an old Couch and a MATTRESS in my street";
        assert_eq!(search.search(text).items[0], 2);
        assert_eq!(search.reasons(2, text), ["couch", "mattress"]);
        assert_eq!(search.reasons(3, text), [] as [&str; 0]);
    }

    #[test]
    fn the_words_of_the_city_find_what_no_table_knows() {
        let file = r#"{"services": {"pothole": 100, "sidewalk": 100, "gone": 5},
            "words": {"grumpel": [40, {"sidewalk": 38, "pothole": 2}], "xyz": [7, {"gone": 7}]}}"#;
        let (city, problems) = CityWords::read(&json::parse(file).unwrap());
        assert!(problems.invalid_values.is_empty() && problems.unknown_keys.is_empty());
        let mut search = riverton(&city);
        assert_eq!(search.search("Grumpel").items[0], 4);
        assert_eq!(search.search("xyz").items, [5]);
    }

    #[test]
    fn the_beginning_of_a_word_finds_it_while_it_is_typed() {
        let mut search = riverton(&CityWords::default());
        for length in 1.."Pothole".len() {
            assert_eq!(search.search(&"Pothole"[..length]).items[0], 1);
        }
    }

    #[test]
    fn a_long_text_is_cut_and_the_same_text_gives_the_same_result() {
        let mut search = riverton(&CityWords::default());
        let long = "a couch in my street ".repeat(2_500);
        let first = search.search(&long);
        assert_eq!(first.items[0], 2);
        for text in ["puppy", "sofa", "lamp", &long] {
            search.search(text);
        }
        assert_eq!(search.search(&long), first);
        assert_eq!(riverton(&CityWords::default()).search(&long), first);
    }

    #[test]
    fn the_logarithm_grows_with_its_number() {
        let values: Vec<u32> = (1..200).map(log).collect();
        assert!(values.is_sorted());
        assert_eq!([log(0), log(1), log(2), log(3), log(4)], [0, 0, 16, 24, 32]);
    }
}
