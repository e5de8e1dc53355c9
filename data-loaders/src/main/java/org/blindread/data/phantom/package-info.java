/// Synthetic chest radiographs, for those who have none: always called *synthetic*. They stand for
/// no patient and are evidence about the machinery only. `docs/phantoms.md` describes and shows
/// them.
///
/// Read [org.blindread.data.phantom.EmbeddedCohort] and [org.blindread.data.phantom.PhantomStudy],
/// then who is drawn: [org.blindread.data.phantom.VirtualSite] (whose films may
/// [org.blindread.data.phantom.Drift] from those to train on),
/// [org.blindread.data.phantom.Patient], [org.blindread.data.phantom.Visit] (the latent model),
/// then how, in the order of painting: [org.blindread.data.phantom.Anatomy],
/// [org.blindread.data.phantom.Thorax], [org.blindread.data.phantom.Vessels],
/// [org.blindread.data.phantom.Opacities], [org.blindread.data.phantom.Skeleton],
/// [org.blindread.data.phantom.Devices], all onto a [org.blindread.data.phantom.Canvas], from which
/// [org.blindread.data.phantom.Film] makes the image.
///
/// The same seed gives the same pixels on every machine: numbers come from integer hashes, and
/// functions from `StrictMath`.
///
/// ```java
/// PhantomStudy study = EmbeddedCohort.studies().getFirst();
/// GreyImage film = study.render();
/// boolean fluid = study.findings().get("pleural effusion");
/// ```
///
/// Depends on `data` and, to write training data, on `data.transform`.
@NullMarked
package org.blindread.data.phantom;

import org.jspecify.annotations.NullMarked;
