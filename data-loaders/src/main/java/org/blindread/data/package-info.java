/// Images and what is known about them, from a user's own files or from any other source.
///
/// Read [org.blindread.data.Cohort] (images that are read together) with its
/// [org.blindread.data.Study]s, their [org.blindread.data.Labels] of [org.blindread.data.Finding]s
/// and their [org.blindread.data.Pixels]. Then [org.blindread.data.Intake] (what reading a manifest
/// gave and left out, as [org.blindread.data.ManifestOptions] say), [org.blindread.data.Truth] and
/// [org.blindread.data.ReferenceStandard] (what a test is held against, under a stated policy for
/// [org.blindread.data.Uncertain] labels). [org.blindread.data.GreyImage] holds pixels,
/// [org.blindread.data.ImageFile] decodes them; [org.blindread.data.Csv] is the reader underneath.
///
/// ```java
/// var cohort = Cohort.read(Path.of("site-a/manifest.csv"));
/// for (Study study : cohort.samplePerSite(10, 7).studies()) {
///   GreyImage pixels = study.read();
/// }
/// var truth = cohort.truth(new Finding("pneumonia"), Uncertain.EXCLUDE);
/// ```
///
/// Depends on the JDK only.
@NullMarked
package org.blindread.data;

import org.jspecify.annotations.NullMarked;
