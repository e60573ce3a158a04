// Tokens are 16-bit numbers, two in a word, the even one low.
fn token_at(place: u32) -> u32 {
  return (corpus[place / 2u] >> (16u * (place & 1u))) & 0xffffu;
}
