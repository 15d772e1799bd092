//! Every address of the pages and of their files, once.

/// The market: the list of auctions.
pub const HOME: &str = "/";

/// The script's and the style's folder. Names in it carry a hash of their content and never change.
pub const PKG: &str = "/pkg";

/// The typeface's folder, made by `scripts/fonts.sh`. It carries the package's version and never changes.
pub const FONTS: &str = "/fonts";

/// The typeface, cut into about 90 files of which a page loads those that its letters need.
pub const FONT_CSS: &str = "/fonts/pretendard-1.3.9/pretendardvariable-dynamic-subset.css";
