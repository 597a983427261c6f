//! Texts as DEFLATE packs them, behind a dictionary that both sides have: what a text has in common with it costs next
//! to nothing. Knows nothing of links.

use miniz_oxide::DataFormat;
use miniz_oxide::deflate::core::{
    CompressionStrategy, CompressorOxide, TDEFLFlush, compress_to_output,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::Broken;

/// A first guess of how long a text is.
const GUESS: usize = 16 * 1024;

/// A text, packed.
pub(super) fn pack(text: &[u8], dictionary: &[u8]) -> Vec<u8> {
    let strategy = CompressionStrategy::Default;
    let mut compressor = CompressorOxide::with_params(DataFormat::Raw, 9, strategy, 15);
    let mut packed = Vec::new();
    // What the dictionary comes to ends at a whole byte and is left out: the other side has it.
    let _ = compress_to_output(&mut compressor, dictionary, TDEFLFlush::Sync, |_| true);
    let _ = compress_to_output(&mut compressor, text, TDEFLFlush::Finish, |bytes| {
        packed.extend_from_slice(bytes);
        true
    });
    packed
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all other ends are failures, and some of them stand behind features of the library"
)]
/// What was packed, if it is at most `most` bytes long.
pub(super) fn unpack(packed: &[u8], dictionary: &[u8], most: usize) -> Result<Vec<u8>, Broken> {
    let mut decompressor = DecompressorOxide::new();
    let begin = dictionary.len();
    let mut out = dictionary.to_vec();
    out.resize(begin + GUESS.min(most), 0);
    let (mut read, mut written) = (0, begin);
    loop {
        let (status, more_read, more_written) = decompress(
            &mut decompressor,
            &packed[read..],
            &mut out,
            written,
            TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
        );
        (read, written) = (read + more_read, written + more_written);
        match status {
            TINFLStatus::Done if read == packed.len() => break,
            TINFLStatus::HasMoreOutput if out.len() < begin + most => {
                out.resize((out.len() * 2).min(begin + most), 0);
            }
            TINFLStatus::HasMoreOutput => return Err(Broken::TooLarge),
            _ => return Err(Broken::Cut),
        }
    }
    out.truncate(written);
    Ok(out.split_off(begin))
}
