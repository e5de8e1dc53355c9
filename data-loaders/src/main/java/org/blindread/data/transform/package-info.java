/// From the pixels of an image to the numbers a network reads, equal to Pillow and torchvision to
/// the bit.
///
/// Read [org.blindread.data.transform.Preprocessing], then
/// [org.blindread.data.transform.BilinearResize].
///
/// ```java
/// var input = Preprocessing.imageNet(224, 224);
/// float[] pixels = input.apply(study.read()); // 3×224×224
/// ```
///
/// Depends on `data`.
@NullMarked
package org.blindread.data.transform;

import org.jspecify.annotations.NullMarked;
