/// Images made up by a formula, for those who have none: always called *synthetic*.
///
/// ```java
/// GreyImage image = Phantom.chest(7, 128);
/// ```
///
/// Depends on `data`.
@NullMarked
package org.blindread.data.phantom;

import org.jspecify.annotations.NullMarked;
