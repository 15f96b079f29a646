//! Everything that travels, held to recordings and to vectors made elsewhere.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may end that way")]

mod acks;
mod connecting;
mod frames;
mod javascript;
mod joining;
mod sealing;
mod signing;
mod vectors;
