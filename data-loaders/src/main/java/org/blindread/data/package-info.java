/// Images and what is known about them, from a user's own files.
///
/// Read [org.blindread.data.Manifest] (a csv that lists images) with its
/// [org.blindread.data.ManifestRow]s and [org.blindread.data.Label]s, then
/// [org.blindread.data.GreyImage] (pixels, read one image at a time) and
/// [org.blindread.data.ImageFile], which decodes them. [org.blindread.data.Csv] is the reader
/// underneath.
///
/// ```java
/// var manifest = Manifest.read(Path.of("site-a/manifest.csv"));
/// for (var row : manifest.rows()) {
///   GreyImage pixels = manifest.read(row);
/// }
/// ```
///
/// Depends on the JDK only.
@NullMarked
package org.blindread.data;

import org.jspecify.annotations.NullMarked;
