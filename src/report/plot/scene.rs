//! A picture as marks on a canvas, before it becomes SVG or pixels.

/// A point in pixels from the upper left corner.
pub(super) type Point = (f64, f64);

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Colour(pub u8, pub u8, pub u8);

/// How an outline is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pen {
    pub colour: Colour,
    /// Width in pixels.
    pub width: f64,
    pub dashed: bool,
}

/// On and off lengths of a dashed line in pixels.
pub(super) const DASH: (f64, f64) = (6.0, 4.0);

/// Which point of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A rectangle: upper left corner, width, height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub(super) fn contains(&self, (x, y): Point) -> bool {
        (self.x..=self.right()).contains(&x) && (self.y..=self.bottom()).contains(&y)
    }
}

/// One thing on the canvas; later ones lie on top, and all text lies on top of everything else.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// An open line through points.
    Path { points: Vec<Point>, pen: Pen },
    /// Filled rectangles of one colour.
    Rects { rects: Vec<Rect>, fill: Colour, alpha: f64 },
    /// Filled discs of one colour and size.
    Discs { centres: Vec<Point>, radius: f64, fill: Colour, alpha: f64 },
    /// A line of text whose baseline begins, ends or is centred at a point.
    Text { at: Point, text: String, size: f64, anchor: Anchor, upwards: bool, colour: Colour },
}

/// A whole picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scene {
    pub width: u32,
    pub height: u32,
    /// For readers who do not see it.
    pub title: String,
    pub description: String,
    pub marks: Vec<Mark>,
}
