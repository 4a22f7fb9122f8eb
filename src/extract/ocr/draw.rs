//! A page by itself → its picture in grey.

use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};

/// A picture in grey, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// Pixels of a row.
    pub(super) width: usize,
    /// Rows.
    pub(super) height: usize,
    /// A byte a pixel: 0 is black.
    pub(super) grey: Vec<u8>,
}

/// Pixels of a picture that is drawn.
const MOST_PIXELS: f32 = 40e6;
/// Bytes of the file of such a picture.
pub(super) const MOST_BYTES: usize = 41_000_000;
/// Pixels of a side: more the engine does not take.
const LONGEST: f32 = 30_000.0;

/// The resolution at which a page of `size` points is drawn, in dots per inch, where its finest picture has `dpi`.
pub(super) fn resolution(dpi: Option<f32>, (width, height): (f32, f32)) -> f32 {
    // The engine is taught on letters as high as print has them at 300 dots per inch. A scan of about that is drawn dot by
    // dot; a coarser one reads better for being drawn larger (19 wrong words of 1,030 for 24, at 200 dots), and a finer
    // one reads the same for a quarter less time.
    let wanted = match dpi {
        Some(dpi) if (290.0..=330.0).contains(&dpi) => dpi,
        _ => 300.0,
    };
    let area = (width * height).max(1.0);
    let most = (MOST_PIXELS / area).sqrt() * 72.0;
    wanted
        .min(most)
        .min(LONGEST / width.max(height).max(1.0) * 72.0)
}

/// Draws the one page of `leaf`.
///
/// # Errors
/// What went wrong, as a short clause.
pub(super) fn page(leaf: Vec<u8>, dpi: f32) -> Result<Picture, String> {
    catch_unwind(AssertUnwindSafe(|| drawn(leaf, dpi)))
        .unwrap_or_else(|_| Err("the drawing fell over it".to_owned()))
}

fn drawn(leaf: Vec<u8>, dpi: f32) -> Result<Picture, String> {
    let pdf = Pdf::new(leaf).map_err(|error| format!("{error:?}"))?;
    let pages = pdf.pages();
    let page = pages.first().ok_or("no page to draw")?;
    let scale = dpi / 72.0;
    let (width, height) = page.render_dimensions();
    let fits = |side: f32| (1.0..=LONGEST + 1.0).contains(&(side * scale));
    if !fits(width) || !fits(height) || width * height * scale * scale > MOST_PIXELS * 1.01 {
        return Err("the page is too large or too small to be drawn".to_owned());
    }
    let pixmap = hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        },
    );
    let (width, height) = (usize::from(pixmap.width()), usize::from(pixmap.height()));
    // White paper is opaque, so that colours stand as they are.
    let grey = pixmap
        .data_as_u8_slice()
        .chunks_exact(4)
        .map(|pixel| {
            let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
            ((r * 77 + g * 150 + b * 29) >> 8) as u8
        })
        .collect();
    Ok(Picture {
        width,
        height,
        grey,
    })
}

impl Picture {
    /// A white square with so many pixels from side to side.
    pub(super) fn empty(side: usize) -> Picture {
        Picture {
            width: side,
            height: side,
            grey: vec![u8::MAX; side * side],
        }
    }

    /// The picture as a file of the PGM kind.
    pub(super) fn to_pgm(&self) -> Vec<u8> {
        let mut out = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        out.extend_from_slice(&self.grey);
        out
    }

    /// The picture in a file that [`Picture::to_pgm`] made.
    pub(super) fn from_pgm(bytes: &[u8]) -> Option<Picture> {
        let mut rest = bytes.strip_prefix(b"P5\n")?;
        let mut line = || {
            let end = memchr::memchr(b'\n', rest)?;
            let line = std::str::from_utf8(&rest[..end]).ok()?;
            rest = &rest[end + 1..];
            Some(line)
        };
        let (width, height) = line()?.split_once(' ')?;
        let (width, height): (usize, usize) = (width.parse().ok()?, height.parse().ok()?);
        (line()? == "255" && width.checked_mul(height)? == rest.len()).then(|| Picture {
            width,
            height,
            grey: rest.to_vec(),
        })
    }

    /// The picture, turned clockwise by a number of quarters.
    pub(super) fn turned(self, quarters: u8) -> Picture {
        let Picture {
            width,
            height,
            mut grey,
        } = self;
        match quarters % 4 {
            0 => Picture {
                width,
                height,
                grey,
            },
            2 => {
                grey.reverse();
                Picture {
                    width,
                    height,
                    grey,
                }
            }
            quarters => {
                let mut out = Vec::with_capacity(grey.len());
                for x in 0..width {
                    for y in 0..height {
                        out.push(match quarters {
                            1 => grey[(height - 1 - y) * width + x],
                            _ => grey[y * width + (width - 1 - x)],
                        });
                    }
                }
                Picture {
                    width: height,
                    height: width,
                    grey: out,
                }
            }
        }
    }
}

/// The other end of [`Picture::from_pgm`]: reads a page from `input` and writes its picture to `out`.
///
/// # Errors
/// When the page cannot be drawn, or the pipes are broken.
pub(super) fn filter(dpi: f32, input: &mut dyn Read, out: &mut dyn Write) -> std::io::Result<()> {
    let mut leaf = Vec::new();
    input.read_to_end(&mut leaf)?;
    let picture = page(leaf, dpi).map_err(std::io::Error::other)?;
    out.write_all(&picture.to_pgm())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_turned_and_sent_whole() {
        let picture = Picture {
            width: 3,
            height: 2,
            grey: vec![1, 2, 3, 4, 5, 6],
        };
        assert_eq!(Picture::from_pgm(&picture.to_pgm()), Some(picture.clone()));
        assert_eq!(Picture::from_pgm(b"P5\n9 9\n255\nabc"), None);
        let turned = |quarters| picture.clone().turned(quarters).grey;
        assert_eq!(turned(0), [1, 2, 3, 4, 5, 6]);
        assert_eq!(turned(1), [4, 1, 5, 2, 6, 3]);
        assert_eq!(turned(2), [6, 5, 4, 3, 2, 1]);
        assert_eq!(turned(3), [3, 6, 2, 5, 1, 4]);
    }

    #[test]
    fn a_page_is_drawn_fine_enough_to_read_and_no_finer_than_can_be_borne() {
        let a4 = (595.0, 842.0);
        for (dpi, size, drawn) in [
            (None, a4, 300.0),
            (Some(150.0), a4, 300.0),
            (Some(300.4), a4, 300.4),
            (Some(1200.0), a4, 300.0),
        ] {
            assert_eq!(resolution(dpi, size), drawn);
        }
        let poster = (2384.0, 3370.0);
        let drawn = resolution(Some(600.0), poster);
        assert!((100.0..200.0).contains(&drawn), "{drawn}");
        let strip = resolution(None, (10.0, 14_400.0));
        assert!(strip * 14_400.0 / 72.0 <= LONGEST, "{strip}");
    }
}
