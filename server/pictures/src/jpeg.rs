//! Whether a JPEG goes on to its end. Decoders fill what is missing with grey and say nothing.

/// Start of image, which a file begins with; and the end.
const END: u8 = 0xD9;

/// Follows the file's segments from its start marker to its end marker. A thumbnail in the metadata has end
/// markers of its own, which is why the file is not just searched for one; and what stands behind the end
/// does not matter.
pub fn is_whole(file: &[u8]) -> bool {
    let mut rest = file.get(2..).unwrap_or_default();
    while let Some(marker) = next_marker(&mut rest) {
        match marker {
            END => return true,
            // Markers that stand alone: restarts in the pixels' data, and one reserved.
            0x01 | 0xD0..=0xD8 => {}
            _ => {
                let Some(length) = rest.first_chunk().map(|length| usize::from(u16::from_be_bytes(*length)))
                else {
                    return false;
                };
                let Some(behind) = rest.get(length..) else { return false };
                rest = behind;
            }
        }
    }
    false
}

/// Skips to behind the next marker. Within pixels' data a byte 0xFF is followed by 0, which is no marker; any
/// number of 0xFF may stand before one.
fn next_marker(rest: &mut &[u8]) -> Option<u8> {
    let bytes = *rest;
    let is_marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xFF);
    let at = bytes.windows(2).position(is_marker)?;
    *rest = &bytes[at + 2..];
    Some(bytes[at + 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A segment of metadata with a whole thumbnail in it, then a scan whose data contain a restart.
    const WHOLE: &[u8] = &[
        0xFF, 0xD8, // start
        0xFF, 0xE1, 0, 6, 0xFF, 0xD8, 0xFF, 0xD9, // metadata
        0xFF, 0xFF, 0xDA, 0, 4, 1, 2, // the scan, behind a fill byte
        9, 0xFF, 0, 9, 0xFF, 0xD3, 9, // its data
        0xFF, 0xD9, // end
    ];

    #[test]
    fn a_jpeg_is_whole_up_to_its_own_end_marker_and_not_up_to_its_thumbnails() {
        assert!(is_whole(WHOLE));
        for length in 0..WHOLE.len() {
            assert!(!is_whole(&WHOLE[..length]), "cut off at {length}");
        }
    }

    #[test]
    fn what_stands_behind_the_end_does_not_matter() {
        assert!(is_whole(&[WHOLE, b"<script>"].concat()));
    }
}
