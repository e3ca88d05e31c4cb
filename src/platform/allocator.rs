//! Memory for the wasm. Blocks have sizes that are powers of two; a block that is given back is kept for the next one of its
//! size. Smaller than the standard library's allocator, which joins and splits blocks: a widget asks for the same sizes
//! again and again, so what it once needed is enough for ever (docs/decisions/0019-blocks-of-a-few-sizes.md).
//!
//! The only unsafe code of the project. Not for more than one thread: the wasm has one.

#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;
use std::ptr::null_mut;

/// The smallest block is 2⁴ bytes, which is also the strictest alignment that a block of any size has.
const SMALLEST: u32 = 4;
/// There are sizes up to 2³¹ bytes.
const SIZES: usize = 32;

/// Hands out blocks. `more` gives at least so many bytes that nothing else uses, or null.
pub struct Blocks {
    more: fn(usize) -> (*mut u8, usize),
    /// For each size the block that was given back last; it holds the address of the one before.
    free: [Cell<*mut u8>; SIZES],
    /// What has not been handed out yet.
    rest: Cell<*mut u8>,
    rest_bytes: Cell<usize>,
}

// SAFETY: the wasm has one thread.
unsafe impl Sync for Blocks {}

impl Blocks {
    /// Starts with nothing.
    pub const fn new(more: fn(usize) -> (*mut u8, usize)) -> Self {
        Self {
            more,
            free: [const { Cell::new(null_mut()) }; SIZES],
            rest: Cell::new(null_mut()),
            rest_bytes: Cell::new(0),
        }
    }

    /// The size of a block for this layout, as an exponent of two.
    fn exponent(layout: Layout) -> u32 {
        let bytes = layout.size().max(layout.align()).max(1 << SMALLEST);
        (bytes - 1).ilog2() + 1
    }

    #[inline(never)]
    fn allocate(&self, exponent: u32) -> *mut u8 {
        let Some(free) = self.free.get(exponent as usize) else {
            return null_mut();
        };
        let block = free.get();
        if !block.is_null() {
            // SAFETY: a free block holds the address of the one before, see `dealloc`.
            free.set(unsafe { block.cast::<*mut u8>().read() });
            return block;
        }
        let bytes = 1 << exponent;
        if self.rest_bytes.get() < bytes {
            let (rest, rest_bytes) = (self.more)(bytes);
            if rest.is_null() {
                return rest;
            }
            self.rest.set(rest);
            self.rest_bytes.set(rest_bytes);
        }
        let block = self.rest.get();
        self.rest.set(block.wrapping_add(bytes));
        self.rest_bytes.set(self.rest_bytes.get() - bytes);
        block
    }
}

// SAFETY: blocks do not overlap, are as long as their size, which is never less than the layout's, and are in one list or
// with one owner.
unsafe impl GlobalAlloc for Blocks {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.allocate(Self::exponent(layout))
    }

    #[inline(never)]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if let Some(free) = self.free.get(Self::exponent(layout) as usize) {
            // SAFETY: the caller gives the block up, and the smallest is long enough for an address.
            unsafe { block.cast::<*mut u8>().write(free.get()) };
            free.set(block);
        }
    }
}

/// More memory from the browser.
#[cfg(target_family = "wasm")]
pub fn more_memory(bytes: usize) -> (*mut u8, usize) {
    const PAGE: usize = 0x1_0000;
    let pages = bytes.div_ceil(PAGE);
    match core::arch::wasm32::memory_grow(0, pages) {
        usize::MAX => (null_mut(), 0),
        before => ((before * PAGE) as *mut u8, pages * PAGE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leaks what it gives, as the browser does.
    fn more(bytes: usize) -> (*mut u8, usize) {
        let words = vec![0_u128; bytes.div_ceil(16).max(64)].leak();
        (words.as_mut_ptr().cast(), size_of_val(words))
    }

    #[test]
    fn blocks_in_use_do_not_overlap_and_are_aligned() {
        let blocks = Blocks::new(more);
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for (size, align) in [
            (1, 1),
            (8, 8),
            (17, 1),
            (100, 4),
            (5000, 8),
            (16, 16),
            (3, 2),
        ] {
            let layout = Layout::from_size_align(size, align).unwrap();
            // SAFETY: the layout is not empty.
            let start = unsafe { blocks.alloc(layout) }.addr();
            assert_eq!(start % align, 0, "{layout:?}");
            let overlaps =
                |&(other, length): &(usize, usize)| start < other + length && other < start + size;
            assert!(!taken.iter().any(overlaps), "{layout:?}");
            taken.push((start, size));
        }
    }

    #[test]
    fn what_was_given_back_is_handed_out_again_and_memory_stays_as_large() {
        static GIVEN: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let blocks = Blocks::new(|bytes| {
            let given = more(bytes);
            GIVEN.fetch_add(given.1, std::sync::atomic::Ordering::Relaxed);
            given
        });
        let layouts: Vec<Layout> = (1..200)
            .map(|size| Layout::from_size_align(size * 7, 8).unwrap())
            .collect();
        let round = |order: &mut dyn Iterator<Item = &Layout>| {
            // SAFETY: no layout is empty, and each block is given back once, with its layout.
            let taken: Vec<_> = order
                .map(|layout| (unsafe { blocks.alloc(*layout) }, *layout))
                .collect();
            for (block, layout) in taken {
                unsafe { blocks.dealloc(block, layout) };
            }
        };
        round(&mut layouts.iter());
        let after_the_first = GIVEN.load(std::sync::atomic::Ordering::Relaxed);
        for _ in 0..100 {
            round(&mut layouts.iter());
            round(&mut layouts.iter().rev());
        }
        assert_eq!(
            GIVEN.load(std::sync::atomic::Ordering::Relaxed),
            after_the_first
        );
    }

    #[test]
    fn without_memory_there_is_no_block() {
        let blocks = Blocks::new(|_| (null_mut(), 0));
        // SAFETY: the layout is not empty.
        assert!(unsafe { blocks.alloc(Layout::new::<u64>()) }.is_null());
    }
}
