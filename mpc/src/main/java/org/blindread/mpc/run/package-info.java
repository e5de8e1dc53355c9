/// Running a plan: the facade, the executor, one party's whole run, the twin.
///
/// Read [org.blindread.mpc.run.SecureModel] (the way in), [org.blindread.mpc.run.Executor] (the
/// loop), then [org.blindread.mpc.run.PartyRun] (agreement, lanes, farewell) and
/// [org.blindread.mpc.run.Twin].
///
/// ```java
/// SecureModel model = SecureModel.load(Path.of("model.onnx")).calibrate(trainingImages);
/// Outcome outcome = model.with("3pc", Reveal.HOSPITAL).predict(images);
/// double[] scores = outcome.scores(Party.HOSPITAL).orElseThrow().getFirst();
/// ```
///
/// Depends on everything in `mpc`.
@NullMarked
package org.blindread.mpc.run;

import org.jspecify.annotations.NullMarked;
