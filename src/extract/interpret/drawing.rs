//! What a page draws: glyphs with their text and place.

/// One glyph, or several that `/ActualText` says are one text.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Glyph {
    /// Where it begins along its direction, in points.
    pub(in crate::extract) u0: f32,
    /// Where it ends.
    pub(in crate::extract) u1: f32,
    /// Its baseline across its direction, in points.
    pub(in crate::extract) v: f32,
    /// Its font size in points.
    pub(in crate::extract) size: f32,
    /// Its text begins here: bytes of [`Drawing::text`].
    pub(in crate::extract) start: u32,
    /// Its text ends here (exclusive).
    pub(in crate::extract) end: u32,
    /// Its direction: an index into [`Drawing::directions`].
    pub(in crate::extract) dir: u16,
    /// Its marked content: an index into [`Drawing::marks`].
    pub(in crate::extract) mark: u32,
    /// Whether its font is bold.
    pub(in crate::extract) bold: bool,
    /// Whether it is drawn invisibly.
    pub(in crate::extract) hidden: bool,
    /// Whether it is a blank.
    pub(in crate::extract) blank: bool,
    /// Whether its writer set the place where it begins anew, so that it need not go on what stands before it.
    pub(in crate::extract) placed: bool,
    /// The space that the text state adds behind it, in points.
    pub(in crate::extract) spaced: f32,
}

/// Content that is no part of the document's own text, as its writer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Artifact {
    /// A running head or foot; which, its place says.
    Pagination,
    /// A running head.
    Head,
    /// A running foot.
    Foot,
    /// Something else: a line, a background.
    Other,
    /// Lines of the body, whatever the writer calls them.
    Body,
}

/// A stretch of marked content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Mark {
    /// Its number in the structure tree.
    pub(in crate::extract) mcid: Option<i32>,
    /// Whether its writer says that it is an artifact.
    pub(in crate::extract) artifact: Option<Artifact>,
    /// Whether it is switched off.
    pub(in crate::extract) hidden: bool,
}

/// All that a page draws.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Drawing {
    /// The text of the glyphs, in the order in which they are drawn.
    pub(in crate::extract) text: String,
    /// The glyphs.
    pub(in crate::extract) glyphs: Vec<Glyph>,
    /// Unit vectors along which lines run; x to the right, y down.
    pub(in crate::extract) directions: Vec<(f32, f32)>,
    /// Stretches of marked content; the first is none.
    pub(in crate::extract) marks: Vec<Mark>,
    /// How many pictures.
    pub(in crate::extract) pictures: usize,
    /// The area of all pictures in square points.
    pub(in crate::extract) pictured: f32,
    /// How many glyphs were drawn before the last picture.
    pub(in crate::extract) before_picture: usize,
    /// How many curves: letters that are drawn as outlines are made of them.
    pub(in crate::extract) curves: usize,
    /// How many straight lines: some programs make outlines of nothing else.
    pub(in crate::extract) lines: usize,
    /// Straight lines along the page's edges, as the borders of a table are: left, top, right, bottom in points.
    pub(in crate::extract) rules: Vec<[f32; 4]>,
    /// Annotations: the first glyph of each, and whether it is a field of a form. They are drawn after all else.
    pub(in crate::extract) annotations: Vec<(usize, bool)>,
    /// Whether a limit cut it short.
    pub(in crate::extract) cut: bool,
    /// The page's width and height in points; what is drawn outside is not kept.
    pub(in crate::extract) size: (f32, f32),
}

/// Directions that one page may have; further ones count as the first.
const MOST_DIRECTIONS: usize = 90;

impl Drawing {
    /// An empty page of `width` by `height` points.
    pub(in crate::extract) fn new(width: f32, height: f32) -> Drawing {
        Drawing {
            size: (width, height),
            directions: vec![(1.0, 0.0)],
            marks: vec![Mark::default()],
            ..Drawing::default()
        }
    }

    /// An empty page in the place of this one, whose room is used again.
    pub(in crate::extract) fn again(mut self, width: f32, height: f32) -> Drawing {
        self.text.clear();
        self.glyphs.clear();
        self.directions.clear();
        self.marks.clear();
        self.annotations.clear();
        self.rules.clear();
        let fresh = Drawing::new(width, height);
        self.directions.extend(fresh.directions);
        self.marks.extend(fresh.marks);
        Drawing {
            text: self.text,
            glyphs: self.glyphs,
            directions: self.directions,
            marks: self.marks,
            annotations: self.annotations,
            rules: self.rules,
            size: fresh.size,
            ..Drawing::default()
        }
    }

    /// Makes room for what contents of `bytes` commonly draw.
    pub(in crate::extract) fn expect(&mut self, bytes: usize) {
        /// Bytes that one glyph takes in the contents, with its share of all else.
        const A_GLYPH: usize = 6;
        /// Glyphs that a page of text has at most, but for a few that may wait for their room.
        const MOST: usize = 10_000;
        let glyphs = (bytes / A_GLYPH).min(MOST);
        self.glyphs.reserve(glyphs);
        self.text.reserve(glyphs);
    }

    /// Notes that what is drawn from now on is what an annotation shows.
    pub(in crate::extract) fn annotate(&mut self, field: bool) {
        self.annotations.push((self.glyphs.len(), field));
    }

    /// The first glyph that is no part of the page's own content.
    pub(in crate::extract) fn beside(&self) -> usize {
        self.annotations.first().map_or(usize::MAX, |first| first.0)
    }

    /// The number of the form field, counted from 1, that a glyph is part of; 0 for none.
    pub(in crate::extract) fn field(&self, glyph: u32) -> u32 {
        if (glyph as usize) < self.beside() {
            return 0;
        }
        let at = self
            .annotations
            .partition_point(|(first, _)| *first <= glyph as usize);
        match self.annotations.get(at.wrapping_sub(1)) {
            Some((_, true)) => at as u32,
            _ => 0,
        }
    }

    /// The number of the direction nearest to a unit vector; those within three degrees of an axis count as it.
    pub(super) fn direction(&mut self, x: f32, y: f32) -> u16 {
        const NEAR: f32 = 0.055;
        let vector = if y.abs() < NEAR {
            (x.signum(), 0.0)
        } else if x.abs() < NEAR {
            (0.0, y.signum())
        } else {
            let step = 10f32.to_radians();
            let angle = (y.atan2(x) / step).round() * step;
            (angle.cos(), angle.sin())
        };
        if let Some(found) = self.directions.iter().position(|&known| known == vector) {
            return found as u16;
        }
        if self.directions.len() >= MOST_DIRECTIONS {
            return 0;
        }
        self.directions.push(vector);
        (self.directions.len() - 1) as u16
    }

    /// Keeps a glyph that stands on the page.
    pub(super) fn push(&mut self, glyph: Glyph) {
        self.push_toward(self.directions[usize::from(glyph.dir)], glyph);
    }

    /// Keeps a glyph, whose direction is known, that stands on the page.
    #[inline]
    pub(super) fn push_toward(&mut self, (dx, dy): (f32, f32), glyph: Glyph) {
        let middle = (glyph.u0 + glyph.u1) / 2.0;
        let (x, y) = (middle * dx - glyph.v * dy, middle * dy + glyph.v * dx);
        let (width, height) = self.size;
        let on_page = x > -2.0 && x < width + 2.0 && y > -2.0 && y < height + glyph.size;
        if on_page {
            self.glyphs.push(glyph);
        } else {
            self.text.truncate(glyph.start as usize);
        }
    }
}
